#!/bin/sh
# The database moved: the application is pointed at where it is.
set -eu
. ./application.sh
install_application
