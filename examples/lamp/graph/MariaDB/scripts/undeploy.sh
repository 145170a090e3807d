#!/bin/sh
# The packages and the data stay: what was written must not vanish with a deployment.
set -eu
systemctl disable --now mariadb
rm -f /etc/mysql/mariadb.conf.d/90-lamp.cnf
