#!/bin/sh
# Puts the application into Tomcat, with the place of its database.
set -eu
. ./application.sh
install_application
echo "the guest book keeps its entries in $MariaDB_0_ip:$MariaDB_0_port"
