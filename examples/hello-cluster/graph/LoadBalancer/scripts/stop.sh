#!/bin/sh
# Ends the program, which takes its `ready` file away as the last thing it does.
set -eu
ready="$ROBOCONF_FILES_DIR/ready"
[ -f "$ready" ] || exit 0
pid=$(cat "$ready")
kill "$pid" 2>/dev/null || true
while [ -f "$ready" ] && kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
rm -f "$ready"
echo "stopped"
