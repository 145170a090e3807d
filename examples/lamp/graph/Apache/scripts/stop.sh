#!/bin/sh
set -eu
systemctl stop apache2
