# Read by the other scripts: puts the web application into Tomcat, and takes it away.
# Tomcat takes up an application whose context file appears, and drops it when that file is gone.

context=/etc/tomcat10/Catalina/localhost/guestbook.xml
pages=/var/lib/tomcat10/guestbook
work=/var/cache/tomcat10/Catalina/localhost/guestbook
owner=$pages.owner

# A text as it may stand in an attribute of XML.
quoted() {
	printf '%s' "$1" | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/"/\&quot;/g'
}

# Tomcat knows an application by its path, /guestbook: there is room for one.
is_mine() {
	[ "$(cat "$owner" 2>/dev/null)" = "$ROBOCONF_INSTANCE_DIR" ]
}

claim_path() {
	holder=$(cat "$owner" 2>/dev/null || true)
	if [ -n "$holder" ] && [ "$holder" != "$ROBOCONF_INSTANCE_DIR" ] && [ -d "$holder" ]; then
		echo "/guestbook of this Tomcat belongs to the instance in $holder." >&2
		echo "Undeploy that one, or give $ROBOCONF_INSTANCE_PATH a Tomcat of its own." >&2
		exit 1
	fi
	printf '%s\n' "$ROBOCONF_INSTANCE_DIR" >"$owner"
}

install_application() {
	claim_path
	rm -rf "$pages"
	cp -R "$ROBOCONF_FILES_DIR/guestbook" "$pages"
	chmod -R a+rX "$pages"
	# Pages tell which placing of the application they are of: what an earlier one left may answer for a moment.
	placing=$(cat /proc/sys/kernel/random/uuid)
	mkdir -p "$(dirname "$context")"
	(umask 077 && context_file >"$context.new")
	chown root:tomcat "$context.new"
	chmod 640 "$context.new"
	mv "$context.new" "$context"
	wait_until is_up
}

context_file() {
	url="jdbc:mariadb://$MariaDB_0_ip:$MariaDB_0_port/$MariaDB_0_database?connectTimeout=2000&socketTimeout=10000"
	cat <<CONTEXT
<Context docBase="$pages">
  <Parameter name="placing" value="$placing" override="false"/>
  <Resource name="jdbc/guestbook" auth="Container" type="javax.sql.DataSource" maxTotal="8" maxWaitMillis="3000"
            driverClassName="org.mariadb.jdbc.Driver" validationQuery="SELECT 1" testOnBorrow="true"
            url="$(quoted "$url")" username="$(quoted "$MariaDB_0_user")" password="$(quoted "$MariaDB_0_password")"/>
</Context>
CONTEXT
}

remove_application() {
	if ! is_mine; then return 0; fi
	rm -f "$context"
	if systemctl is-active -q tomcat10; then wait_until is_gone; fi
	rm -rf "$pages" "$work" "$owner"
}

# What Tomcat says when it is asked for the application.
# The first question makes it compile the page: people who come later do not wait for that.
answer() {
	exec 3<>"/dev/tcp/127.0.0.1/$ANCESTOR_Tomcat_httpPort" || return 1
	printf 'GET /guestbook/ HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
	timeout 20 cat <&3
}

is_up() {
	case $said in
	"HTTP/1.1 200"*"X-Placing: $placing"*) return 0 ;;
	*) return 1 ;;
	esac
}

# Tomcat answers 404 also while it takes an application up, and then has a work folder for it.
is_gone() {
	case $said in
	"HTTP/1.1 404"*) [ ! -e "$work" ] ;;
	*) return 1 ;;
	esac
}

wait_until() {
	deadline=$((SECONDS + 60))
	while true; do
		said=$(answer 2>/dev/null || true)
		if "$1"; then return 0; fi
		[ "$SECONDS" -lt "$deadline" ] || break
		sleep 0.1
	done
	printf '%s\n' "$said" | sed -e 's/<style.*<.style>//' -e 's/<[^>]*>/ /g' | head -n 12 >&2
	echo "Tomcat does not have /guestbook/ as it should; above is what it answers." >&2
	echo "See journalctl -u tomcat10 on this machine, and whether the database lets it in; then retry." >&2
	exit 1
}
