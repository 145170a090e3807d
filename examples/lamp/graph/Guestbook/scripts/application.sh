# Read by the other scripts: puts the web application into Tomcat, and takes it away.

webapps=/var/lib/tomcat10/webapps

# A text as it may stand in an attribute of XML.
quoted() {
	printf '%s' "$1" | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/"/\&quot;/g'
}

# Tomcat takes up an application whose context file appears or changes.
install_application() {
	mkdir -p "$webapps/guestbook" /etc/tomcat10/Catalina/localhost
	cp -R "$ROBOCONF_FILES_DIR/guestbook/." "$webapps/guestbook/"
	context=/etc/tomcat10/Catalina/localhost/guestbook.xml
	cat >"$context.new" <<CONTEXT
<Context>
  <Resource name="jdbc/guestbook" auth="Container" type="javax.sql.DataSource" maxTotal="8"
            driverClassName="org.mariadb.jdbc.Driver"
            url="jdbc:mariadb://$(quoted "$MariaDB_0_ip"):$(quoted "$MariaDB_0_port")/$(quoted "$MariaDB_0_database")"
            username="$(quoted "$MariaDB_0_user")" password="$(quoted "$MariaDB_0_password")"/>
</Context>
CONTEXT
	chown root:tomcat "$context.new"
	chmod 640 "$context.new"
	mv "$context.new" "$context"
}

remove_application() {
	rm -f /etc/tomcat10/Catalina/localhost/guestbook.xml
	rm -rf "$webapps/guestbook"
}
