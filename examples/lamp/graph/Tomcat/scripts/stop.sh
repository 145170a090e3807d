#!/bin/sh
set -eu
systemctl stop tomcat10
