#!/bin/sh
# Stops Apache, also for the next boot.
set -eu
systemctl disable -q --now apache2
echo "Apache is stopped"
