#!/bin/sh
# Starts MariaDB, makes the database and its user unless they exist, and logs in as others will.
set -eu
. ./machine.sh
claim mariadb

# A text between single quotes of SQL.
quoted() {
	printf '%s' "$1" | sed -e 's/\\/\\\\/g' -e "s/'/''/g"
}

# A name between back quotes of SQL.
named() {
	# shellcheck disable=SC2016
	printf '%s' "$1" | sed -e 's/`/``/g'
}

address=$(listening_address)
# Names of clients are not looked up: a machine without a name server would make each of them wait.
cat >/etc/mysql/mariadb.conf.d/90-roboconf-lamp.cnf <<SETTINGS
[mariadbd]
bind-address = $address
port = $port
skip-name-resolve
SETTINGS
systemctl enable -q mariadb
systemctl restart mariadb || {
	journalctl --no-pager -n 20 -u mariadb >&2
	fail "MariaDB did not start; above is what it said last." \
		"When its port $port is taken: stop what uses it, or set another port in the model."
}

# What there is not yet is noted: undeploying takes it away even from a MariaDB that stays.
is_missing() {
	[ "$(mariadb -N -e "SELECT COUNT(*) FROM $1 = '$(quoted "$2")'")" = 0 ]
}
if is_missing 'information_schema.schemata WHERE schema_name' "$database"; then
	echo "DROP DATABASE IF EXISTS \`$(named "$database")\`;" >>"$mine/made.sql"
fi
if is_missing 'mysql.user WHERE user' "$user"; then
	echo "DROP USER IF EXISTS '$(quoted "$user")'@'%';" >>"$mine/made.sql"
fi
mariadb <<SQL
CREATE DATABASE IF NOT EXISTS \`$(named "$database")\` CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS '$(quoted "$user")'@'%';
ALTER USER '$(quoted "$user")'@'%' IDENTIFIED BY '$(quoted "$password")';
GRANT ALL ON \`$(named "$database")\`.* TO '$(quoted "$user")'@'%';
USE \`$(named "$database")\`;
SOURCE $ROBOCONF_FILES_DIR/guestbook.sql
SQL
if [ "$address" = 0.0.0.0 ]; then address=127.0.0.1; fi
MYSQL_PWD=$password mariadb --no-defaults --protocol=tcp -h "$address" -P "$port" -u "$user" -e 'SELECT 1' "$database" >/dev/null ||
	fail "The user $user cannot log in to the database $database." "See to its rights on this machine: mariadb -e 'SHOW GRANTS'."
echo "the database $database is ready on $ip:$port"
