#!/bin/sh
# Writes the list of Tomcat servers and starts Apache.
set -eu
. ./workers.sh
write_workers
apache2ctl configtest
systemctl restart apache2
echo "open http://$ip:$port/guestbook/"
