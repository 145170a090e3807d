#!/bin/sh
set -eu
systemctl stop mariadb
