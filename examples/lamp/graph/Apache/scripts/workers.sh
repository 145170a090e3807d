# Read by start.sh and update.sh: writes the list of Tomcat servers that mod_jk shares requests among.
#
# A server that does not answer costs a request half a second, and then another server is asked.
# So it is for one that does not have the application (404) or is closing (503): servers come before their application.

write_workers() {
	file=/etc/libapache2-mod-jk/workers.properties
	(umask 077 && all_workers >"$file.new")
	mv "$file.new" "$file"
}

all_workers() {
	names=
	i=0
	while [ "$i" -lt "${Tomcat_size:-0}" ]; do
		worker "$i"
		names="$names${names:+,}tomcat$i"
		i=$((i + 1))
	done
	# A balancer without anybody would not start: this one answers that nobody is there.
	if [ -z "$names" ]; then
		printf 'worker.nobody.type=ajp13\nworker.nobody.host=127.0.0.1\nworker.nobody.port=1\n'
		names=nobody
	fi
	cat <<BALANCER
worker.list=balancer,jk-status,jk-manager
worker.balancer.type=lb
worker.balancer.balance_workers=$names
worker.balancer.sticky_session=false
worker.balancer.recover_time=10
worker.jk-status.type=status
worker.jk-status.read_only=true
worker.jk-manager.type=status
BALANCER
}

worker() {
	eval "host=\$Tomcat_${1}_ip ajp=\$Tomcat_${1}_ajpPort secret=\$Tomcat_${1}_ajpSecret"
	cat <<WORKER
worker.tomcat$1.type=ajp13
worker.tomcat$1.host=$host
worker.tomcat$1.port=$ajp
worker.tomcat$1.secret=$secret
worker.tomcat$1.socket_connect_timeout=500
worker.tomcat$1.ping_mode=A
worker.tomcat$1.ping_timeout=500
worker.tomcat$1.reply_timeout=10000
worker.tomcat$1.retries=1
worker.tomcat$1.fail_on_status=-404,-503
WORKER
}
