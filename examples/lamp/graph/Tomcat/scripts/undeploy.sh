#!/bin/sh
# Takes Tomcat and its packages away: the machine is as it was.
set -eu
. ./machine.sh
if ! is_claimed tomcat10; then
	echo "nothing of Tomcat is left to take away"
	exit 0
fi
rm -f /var/lib/tomcat10/lib/roboconf-lamp-mariadb.jar
release tomcat10
echo "Tomcat is gone"
