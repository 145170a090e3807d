#!/bin/sh
# The packages stay: other software of the machine may use them.
set -eu
systemctl disable --now tomcat10
rm -f /var/lib/tomcat10/lib/mariadb-java-client.jar
