#!/bin/sh
# Starts the program and waits until it listens: exit code 0 says that the frontend is up.
set -eu
cd "$ROBOCONF_FILES_DIR"
rm -f frontend.pid
"$ROBOCONF_NODE" frontend.mjs "$port" "http://$Backend_0_ip:$Backend_0_port/" </dev/null >>frontend.log 2>&1 &
program=$!
tries=0
# The program writes its number into the file once it listens.
until [ -f frontend.pid ]; do
	if ! kill -0 "$program" 2>/dev/null || [ "$tries" -ge 200 ]; then
		echo "frontend.mjs did not start:" >&2
		tail -n 20 frontend.log >&2
		exit 1
	fi
	tries=$((tries + 1))
	sleep 0.05
done
echo "open http://$ip:$port/"
