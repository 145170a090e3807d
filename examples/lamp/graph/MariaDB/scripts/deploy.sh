#!/bin/sh
# Installs MariaDB. Nothing runs yet.
set -eu
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
	echo "This recipe installs packages: it needs root on a Debian 12 machine." >&2
	exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -q -y mariadb-server
systemctl disable --now mariadb
cat >/etc/mysql/mariadb.conf.d/90-lamp.cnf <<SETTINGS
[mariadbd]
bind-address = $ip
port = $port
SETTINGS
