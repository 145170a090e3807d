#!/bin/sh
# Ends the program, which takes its file away as the last thing it does.
set -eu
pid_file="$ROBOCONF_FILES_DIR/backend.pid"
[ -f "$pid_file" ] || exit 0
pid=$(cat "$pid_file")
kill "$pid" 2>/dev/null || true
while [ -f "$pid_file" ] && kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
rm -f "$pid_file"
echo "stopped"
