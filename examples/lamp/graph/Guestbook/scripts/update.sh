#!/bin/bash
# The database moved, or its password changed: the application is pointed at where it is.
set -eu
. ./application.sh
install_application
echo "the guest book keeps its entries in $MariaDB_0_ip:$MariaDB_0_port"
