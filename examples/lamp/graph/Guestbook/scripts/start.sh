#!/bin/bash
# Puts the application into Tomcat, with the place of its database, and waits until its page is there.
set -eu
. ./application.sh
install_application
echo "the guest book keeps its entries in $MariaDB_0_ip:$MariaDB_0_port; look at http://$ANCESTOR_Tomcat_ip:$ANCESTOR_Tomcat_httpPort/guestbook/"
