#!/bin/bash
# What a stop leaves, if it was cut short.
set -eu
. ./application.sh
remove_application
echo "the guest book is gone from this Tomcat"
