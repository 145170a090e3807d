#!/bin/sh
# Stops Tomcat, also for the next boot.
set -eu
systemctl disable -q --now tomcat10
echo "Tomcat is stopped"
