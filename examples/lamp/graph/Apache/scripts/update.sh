#!/bin/bash
# A Tomcat server came or went: Apache takes up the list without dropping a request.
set -eu
. ./workers.sh
write_workers
if ! systemctl is-active -q apache2; then
	echo "the list of Tomcat servers is written; Apache is not running"
	exit 0
fi

# How often Apache has read its configuration: the page of mod_status that only this machine may read tells.
generation() {
	exec 3<>"/dev/tcp/127.0.0.1/$port" || return 0
	printf 'GET /server-status?auto HTTP/1.0\r\n\r\n' >&3
	sed -n 's/^ParentServerConfigGeneration: //p' <&3
}

before=$(generation 2>/dev/null)
systemctl reload apache2
# The reload is asked for; it is over when the number has changed. Without mod_status, a second is enough.
deadline=$((SECONDS + 10))
while [ -n "$before" ] && [ "$(generation 2>/dev/null)" = "$before" ] && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.05; done
[ -n "$before" ] || sleep 1
echo "requests are shared among $Tomcat_size Tomcat server(s)${ROBOCONF_IMPORT_CHANGED_INSTANCE_PATH:+: $ROBOCONF_IMPORT_CHANGED_INSTANCE_PATH was $ROBOCONF_UPDATE_KIND}"
