#!/bin/sh
# Installs Tomcat and the driver of the database. Nothing runs yet.
set -eu
. ./machine.sh
claim tomcat10
remember tomcat10 tomcat /etc/tomcat10 /etc/default/tomcat10 /var/lib/tomcat10 /var/cache/tomcat10 /var/log/tomcat10
keep_file /etc/tomcat10/server.xml
install_packages tomcat10 libmariadb-java
systemctl disable -q --now tomcat10
mkdir -p /var/lib/tomcat10/lib
ln -sf /usr/share/java/mariadb-java-client.jar /var/lib/tomcat10/lib/roboconf-lamp-mariadb.jar
echo "Tomcat is ready for port $httpPort, and for Apache on port $ajpPort"
