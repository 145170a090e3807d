#!/bin/sh
# Installs Tomcat and the driver of the database. Nothing runs yet.
set -eu
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
	echo "This recipe installs packages: it needs root on a Debian 12 machine." >&2
	exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -q -y tomcat10 libmariadb-java
systemctl disable --now tomcat10
mkdir -p /var/lib/tomcat10/lib
ln -sf /usr/share/java/mariadb-java-client.jar /var/lib/tomcat10/lib/
