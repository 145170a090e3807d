#!/bin/sh
# Installs MariaDB. Nothing runs yet.
set -eu
. ./machine.sh
claim mariadb
remember mariadb mysql /etc/mysql /var/lib/mysql /var/log/mysql
install_packages mariadb-server
systemctl disable -q --now mariadb
echo "MariaDB is ready for port $port"
