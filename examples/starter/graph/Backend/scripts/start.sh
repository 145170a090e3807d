#!/bin/sh
# Starts the program and waits until it listens: exit code 0 says that the backend is up.
set -eu
cd "$ROBOCONF_FILES_DIR"
rm -f backend.pid
"$ROBOCONF_NODE" backend.mjs "$port" "$sentence" </dev/null >>backend.log 2>&1 &
program=$!
tries=0
# The program writes its number into the file once it listens.
until [ -f backend.pid ]; do
	if ! kill -0 "$program" 2>/dev/null || [ "$tries" -ge 200 ]; then
		echo "backend.mjs did not start:" >&2
		tail -n 20 backend.log >&2
		exit 1
	fi
	tries=$((tries + 1))
	sleep 0.05
done
echo "the backend listens on $ip:$port"
