#!/bin/sh
# Ends the program and waits until it is gone.
set -eu
[ -f "$ROBOCONF_FILES_DIR/ready" ] || exit 0
pid=$(cat "$ROBOCONF_FILES_DIR/ready")
kill "$pid" 2>/dev/null || true
while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
rm -f "$ROBOCONF_FILES_DIR/ready"
echo "stopped"
