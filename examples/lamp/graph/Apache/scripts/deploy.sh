#!/bin/sh
# Installs Apache with mod_jk, and the site that hands requests over to Tomcat. Nothing runs yet.
set -eu
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
	echo "This recipe installs packages: it needs root on a Debian 12 machine." >&2
	exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -q -y apache2 libapache2-mod-jk
systemctl disable --now apache2
a2enmod -q jk
a2dissite -q 000-default
if [ "$port" = 80 ]; then
	listen=
else
	listen="Listen $port"
fi
cat >/etc/apache2/sites-available/lamp.conf <<SITE
$listen
<VirtualHost *:$port>
	DocumentRoot /var/www/html
	JkMount /guestbook balancer
	JkMount /guestbook/* balancer
	ErrorLog \${APACHE_LOG_DIR}/lamp-error.log
	CustomLog \${APACHE_LOG_DIR}/lamp-access.log combined
</VirtualHost>
SITE
a2ensite -q lamp
