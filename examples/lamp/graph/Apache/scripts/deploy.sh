#!/bin/sh
# Installs Apache with mod_jk, and the site that hands requests over to Tomcat. Nothing runs yet.
set -eu
. ./machine.sh
claim apache2
remember apache2 www-data /etc/apache2 /etc/libapache2-mod-jk /var/lib/apache2 /var/cache/apache2 /var/log/apache2 /var/www
keep_file /etc/libapache2-mod-jk/workers.properties
install_packages apache2 libapache2-mod-jk
systemctl disable -q --now apache2
if [ ! -e /etc/apache2/mods-enabled/jk.load ]; then a2enmod -q jk >/dev/null; fi

# Port 80 is listened to already; the name of the file makes the site the first one, which answers for any host name.
if [ "$port" = 80 ]; then listen=; else listen="Listen $port"; fi
cat >/etc/apache2/sites-available/00-guestbook.conf <<SITE
$listen
<VirtualHost *:$port>
	DocumentRoot /var/www/html
	RedirectMatch ^/$ /guestbook/
	JkMount /guestbook balancer
	JkMount /guestbook/* balancer
	ErrorDocument 503 "The guest book is closed for a moment: no Tomcat server answers."
	ErrorLog \${APACHE_LOG_DIR}/guestbook-error.log
	CustomLog \${APACHE_LOG_DIR}/guestbook-access.log combined
</VirtualHost>
SITE
a2ensite -q 00-guestbook >/dev/null
echo "Apache is ready for port $port"
