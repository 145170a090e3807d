#!/bin/sh
# Starts the program and waits until it listens.
set -eu
rm -f "$ROBOCONF_FILES_DIR/ready"
"$ROBOCONF_NODE" "$ROBOCONF_FILES_DIR/worker.mjs" "$port" "$ROBOCONF_FILES_DIR" "$Store_0_ip:$Store_0_port" "$ROBOCONF_INSTANCE_PATH" "$greeting" </dev/null >>"$ROBOCONF_FILES_DIR/program.log" 2>&1 &
pid=$!
tries=0
until [ -f "$ROBOCONF_FILES_DIR/ready" ]; do
	if ! kill -0 "$pid" 2>/dev/null || [ "$tries" -ge 500 ]; then
		echo "worker.mjs did not start:" >&2
		tail -n 20 "$ROBOCONF_FILES_DIR/program.log" >&2
		exit 1
	fi
	tries=$((tries + 1))
	sleep 0.02
done
echo "$ROBOCONF_INSTANCE_PATH listens on $ip:$port"
