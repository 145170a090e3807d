-- The table of the guest book, with an entry to begin with.
CREATE TABLE IF NOT EXISTS entry (
	id INT AUTO_INCREMENT PRIMARY KEY,
	text VARCHAR(200) NOT NULL,
	written TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT IGNORE INTO entry (id, text) VALUES (1, 'This row is the first one of the database.');
