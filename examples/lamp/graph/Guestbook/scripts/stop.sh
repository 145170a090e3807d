#!/bin/sh
set -eu
. ./application.sh
remove_application
