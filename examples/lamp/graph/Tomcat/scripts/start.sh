#!/bin/bash
# Writes the connectors and starts Tomcat; it is up when its HTTP port answers.
set -eu

# A text as it may stand in an attribute of XML, and behind `s|…|` of sed.
quoted() {
	printf '%s' "$1" | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/"/\&quot;/g' | sed -e 's/[\\&|]/\\&/g'
}

server=/etc/tomcat10/server.xml
sed -e "s|@HTTP_PORT@|$(quoted "$httpPort")|" -e "s|@AJP_PORT@|$(quoted "$ajpPort")|" \
	-e "s|@AJP_SECRET@|$(quoted "$ajpSecret")|" "$ROBOCONF_FILES_DIR/server.xml" >"$server.new"
chown root:tomcat "$server.new"
chmod 640 "$server.new"
mv "$server.new" "$server"
systemctl restart tomcat10
tries=0
until (exec 3<>"/dev/tcp/127.0.0.1/$httpPort") 2>/dev/null; do
	tries=$((tries + 1))
	if [ "$tries" -ge 60 ]; then
		echo "Tomcat does not answer on port $httpPort:" >&2
		journalctl --no-pager -n 20 -u tomcat10 >&2
		exit 1
	fi
	sleep 1
done
echo "Tomcat listens on $ip:$httpPort, and for Apache on $ip:$ajpPort"
