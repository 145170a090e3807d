#!/bin/sh
# A worker came or went: rewrite the list. The running balancer reads it at the next visit.
set -eu
. ./workers.sh
write_workers
echo "$ROBOCONF_UPDATE_KIND $ROBOCONF_IMPORT_CHANGED_INSTANCE_PATH: the balancer shares visits among $Worker_size worker(s)"
