#!/bin/sh
# Writes the list of Tomcat servers and starts Apache.
set -eu
. ./workers.sh
write_workers
told=$(apache2ctl -t 2>&1) || {
	echo "Apache does not accept its configuration:" "$told" >&2
	echo "Deploying again writes the part of this recipe; the rest is in /etc/apache2." >&2
	exit 1
}
systemctl enable -q apache2
systemctl restart apache2 2>/dev/null || {
	tail -n 8 /var/log/apache2/error.log /var/log/apache2/mod_jk.log >&2
	echo "Apache did not start; above is what it said last." >&2
	echo "When its port $port is taken: stop what uses it, or set another port in the model." >&2
	exit 1
}
echo "requests are shared among $Tomcat_size Tomcat server(s): open http://$ip:$port/guestbook/"
