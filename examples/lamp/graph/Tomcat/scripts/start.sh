#!/bin/bash
# Writes the connectors and starts Tomcat; it is up when both of its ports answer.
set -eu
. ./machine.sh
claim tomcat10

# A text as it may stand in an attribute of XML, and behind `s|…|` of sed.
quoted() {
	printf '%s' "$1" | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/"/\&quot;/g' | sed -e 's/[\\&|]/\\&/g'
}

answers() {
	(exec 3<>"/dev/tcp/$1/$2") 2>/dev/null
}

address=$(listening_address)
server=/etc/tomcat10/server.xml
(
	umask 077
	sed -e "s|@HTTP_PORT@|$(quoted "$httpPort")|" -e "s|@AJP_PORT@|$(quoted "$ajpPort")|" \
		-e "s|@AJP_ADDRESS@|$address|" -e "s|@AJP_SECRET@|$(quoted "$ajpSecret")|" \
		"$ROBOCONF_FILES_DIR/server.xml" >"$server.new"
)
chown root:tomcat "$server.new"
chmod 640 "$server.new"
mv "$server.new" "$server"
systemctl enable -q tomcat10
systemctl restart tomcat10
deadline=$((SECONDS + 90))
until answers 127.0.0.1 "$httpPort" && answers "$address" "$ajpPort"; do
	if [ "$SECONDS" -ge "$deadline" ] || ! systemctl is-active -q tomcat10; then
		journalctl --no-pager -n 20 -u tomcat10 >&2
		fail "Tomcat does not answer on its ports $httpPort and $ajpPort; above is what it said last." \
			"When a port is taken: stop what uses it, or set another one in the model."
	fi
	sleep 0.1
done
echo "Tomcat listens on $ip:$httpPort, and for Apache on $ip:$ajpPort"
