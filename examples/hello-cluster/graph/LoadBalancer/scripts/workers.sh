# Writes workers.json from the variables of the imported workers: Worker_size, Worker_0_ip, Worker_0_port, Worker_1_ip …
# The file is replaced in one move, so that the balancer never reads half of it.
write_workers() {
	list=""
	i=0
	while [ "$i" -lt "$Worker_size" ]; do
		eval "worker_ip=\$Worker_${i}_ip worker_port=\$Worker_${i}_port"
		list="$list${list:+,}{\"host\":\"$worker_ip\",\"port\":$worker_port}"
		i=$((i + 1))
	done
	printf '[%s]\n' "$list" >"$ROBOCONF_FILES_DIR/workers.json.new"
	mv "$ROBOCONF_FILES_DIR/workers.json.new" "$ROBOCONF_FILES_DIR/workers.json"
}
