# Read by start.sh and update.sh: writes the list of Tomcat servers that mod_jk shares requests among.

write_workers() {
	file=/etc/libapache2-mod-jk/workers.properties
	names=
	: >"$file.new"
	chmod 600 "$file.new"
	i=0
	while [ "$i" -lt "${Tomcat_size:-0}" ]; do
		eval "host=\$Tomcat_${i}_ip ajp=\$Tomcat_${i}_ajpPort secret=\$Tomcat_${i}_ajpSecret"
		cat >>"$file.new" <<WORKER
worker.tomcat$i.type=ajp13
worker.tomcat$i.host=$host
worker.tomcat$i.port=$ajp
worker.tomcat$i.secret=$secret
WORKER
		names="$names${names:+,}tomcat$i"
		i=$((i + 1))
	done
	cat >>"$file.new" <<BALANCER
worker.list=balancer
worker.balancer.type=lb
worker.balancer.balance_workers=$names
worker.balancer.sticky_session=false
BALANCER
	mv "$file.new" "$file"
}
