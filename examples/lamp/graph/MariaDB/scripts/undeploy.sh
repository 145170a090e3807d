#!/bin/sh
# Takes MariaDB, its packages and its data away: the machine is as it was.
set -eu
. ./machine.sh
if ! is_claimed mariadb; then
	echo "nothing of MariaDB is left to take away"
	exit 0
fi
# A MariaDB that was there before these recipes stays, and loses only what they made in it.
if [ -e "$mine/made.sql" ] && ! grep -qsxF mariadb-server "$notes/installed"; then
	systemctl start mariadb
	mariadb <"$mine/made.sql"
fi
rm -f /etc/mysql/mariadb.conf.d/90-roboconf-lamp.cnf
release mariadb
echo "MariaDB is gone, and its data with it"
