#!/bin/sh
# Takes the site away. The packages stay: other software of the machine may use them.
set -eu
systemctl disable --now apache2
a2dissite -q lamp || true
rm -f /etc/apache2/sites-available/lamp.conf /etc/libapache2-mod-jk/workers.properties
