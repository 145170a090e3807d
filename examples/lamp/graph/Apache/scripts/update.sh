#!/bin/sh
# A Tomcat server came or went: Apache takes up the new list without dropping requests.
set -eu
. ./workers.sh
write_workers
systemctl reload apache2
echo "requests are shared among ${Tomcat_size:-0} Tomcat server(s)"
