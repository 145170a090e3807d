#!/bin/sh
# Starts MariaDB and makes the database and its user, unless they exist.
set -eu

# A text between single quotes of SQL.
quoted() {
	printf '%s' "$1" | sed -e 's/\\/\\\\/g' -e "s/'/''/g"
}

systemctl start mariadb
mariadb <<SQL
CREATE DATABASE IF NOT EXISTS \`$database\` CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS '$(quoted "$user")'@'%';
ALTER USER '$(quoted "$user")'@'%' IDENTIFIED BY '$(quoted "$password")';
GRANT ALL ON \`$database\`.* TO '$(quoted "$user")'@'%';
CREATE TABLE IF NOT EXISTS \`$database\`.entry (
	id INT AUTO_INCREMENT PRIMARY KEY,
	text VARCHAR(200) NOT NULL
);
SQL
echo "the database $database is ready on $ip:$port"
