#!/bin/bash
# Takes the application out of Tomcat; its entries stay in the database.
set -eu
. ./application.sh
remove_application
echo "the guest book is closed"
