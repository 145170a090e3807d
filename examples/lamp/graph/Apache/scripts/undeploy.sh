#!/bin/sh
# Takes the site and the packages away: the machine is as it was.
set -eu
. ./machine.sh
if ! is_claimed apache2; then
	echo "nothing of Apache is left to take away"
	exit 0
fi
if command -v a2dissite >/dev/null; then a2dissite -q -f -p 00-guestbook >/dev/null 2>&1 || true; fi
rm -f /etc/apache2/sites-available/00-guestbook.conf /etc/libapache2-mod-jk/workers.properties
release apache2
echo "Apache is gone"
