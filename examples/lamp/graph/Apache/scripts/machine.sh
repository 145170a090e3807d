# Read by the other scripts: notes what this instance changes on the machine, so that undeploying takes it back.
# The same file lies in each recipe of this example that installs packages, and each of them may share a machine with others.
#
# In /var/lib/roboconf-lamp:
#   installed            packages that were not there before these recipes
#   caches               caches of the packaging tools that were not there
#   <software>/owner     the directory of the instance that uses this software
#   <software>/packages  the packages it asked for
#   <software>/before    what there was before: "enabled", "active", "no user NAME", "no path PATH"
#   <software>/files/    files of others as they were before they were changed

notes=/var/lib/roboconf-lamp
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

# fail CAUSE NEXT: tells what went wrong and what can be done.
fail() {
	printf '%s\n' "$@" >&2
	exit 1
}

# claim SOFTWARE: refuses machines that the recipe is not made for, and software that another instance uses.
claim() {
	software=$1
	mine=$notes/$software
	[ "$(id -u)" -eq 0 ] ||
		fail "Installing $software needs root, and this recipe runs as $(id -un)." \
			"Log in as root, or set embedded.sudo = true in the target."
	if ! command -v apt-get >/dev/null || [ ! -d /run/systemd/system ]; then
		fail "This recipe is for Debian 12 with systemd, and this machine has none." "Take a machine with Debian 12."
	fi
	holder=$(cat "$mine/owner" 2>/dev/null || true)
	if [ -n "$holder" ] && [ "$holder" != "$ROBOCONF_INSTANCE_DIR" ] && [ -d "$holder" ]; then
		fail "$software of this machine is used by the instance in $holder." \
			"Undeploy that one, or give $ROBOCONF_INSTANCE_PATH a machine of its own."
	fi
	mkdir -p "$mine"
	printf '%s\n' "$ROBOCONF_INSTANCE_DIR" >"$mine/owner"
}

# is_claimed SOFTWARE: whether this instance claimed it, so that undeploying twice harms nobody.
is_claimed() {
	software=$1
	mine=$notes/$software
	[ "$(cat "$mine/owner" 2>/dev/null)" = "$ROBOCONF_INSTANCE_DIR" ]
}

# remember SERVICE ACCOUNT PATH…: notes, the first time, what of these there was before.
remember() {
	[ ! -e "$mine/before" ] || return 0
	service=$1
	account=$2
	shift 2
	{
		if systemctl is-enabled -q "$service" 2>/dev/null; then echo enabled; fi
		if systemctl is-active -q "$service"; then echo active; fi
		id -u "$account" >/dev/null 2>&1 || echo "no user $account"
		for path in "$@"; do
			[ -e "$path" ] || echo "no path $path"
		done
	} >"$mine/before.new"
	mv "$mine/before.new" "$mine/before"
	if [ ! -e "$notes/caches" ]; then
		for path in /var/cache/ldconfig/aux-cache /var/lib/ucf/hashfile.1 /var/lib/ucf/hashfile.2 /var/lib/ucf/hashfile.3 \
			/var/lib/ucf/hashfile.4 /var/lib/ucf/hashfile.5 /var/lib/ucf/hashfile.6 /var/lib/ucf/hashfile.7; do
			[ -e "$path" ] || echo "$path"
		done >"$notes/caches"
	fi
}

is_installed() {
	[ "$(status_of "$1")" = installed ]
}

status_of() {
	dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null || true
}

# install_packages PACKAGE…: installs what is missing, and starts nothing.
install_packages() {
	printf '%s\n' "$@" >"$mine/packages"
	missing=
	for package in "$@"; do is_installed "$package" || missing="$missing $package"; done
	if [ -z "$missing" ]; then
		echo "installed already: $*"
		return
	fi
	echo "installing$missing"
	mend_packages
	plan=$(plan_of) || { read_lists && plan=$(plan_of); } ||
		fail "apt-get cannot install$missing:" "$plan" "See to the sources of packages of this machine, and retry."
	# Noted before anything changes: an installation that is cut short is taken back, too.
	printf '%s\n' "$plan" | sed -n 's/^Inst \([^ ]*\) (.*/\1/p' >>"$notes/installed"
	hold_services
	install_missing || { read_lists && install_missing; } ||
		fail "apt-get could not install$missing:" "$(tail -n 20 "$mine/apt.log")" "See to what it says, and retry."
	rm -f "$mine/apt.log"
}

# Finishes what an installation that was cut short left half-made; what cannot be finished shows in the next step.
mend_packages() {
	dpkg --configure -a >/dev/null 2>&1 && [ -z "$(dpkg --audit)" ] && return 0
	apt-get -qq -y -f -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold \
		--no-install-recommends install >/dev/null 2>&1 </dev/null || true
}

plan_of() {
	# The names of packages are words without blanks.
	# shellcheck disable=SC2086
	apt-get -qq -s --no-install-recommends install $missing 2>&1
}

install_missing() {
	# shellcheck disable=SC2086
	apt-get -qq -y -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold \
		--no-install-recommends install $missing >"$mine/apt.log" 2>&1 </dev/null
}

read_lists() {
	echo "reading the lists of packages"
	apt-get -qq -o DPkg::Lock::Timeout=300 update >&2 || true
}

# Packages start their services when they are installed; here, that is what the start phase is for.
hold_services() {
	policy=/usr/sbin/policy-rc.d
	if [ -e "$policy" ] && ! grep -q roboconf-lamp "$policy"; then return 0; fi
	cat >"$policy.new" <<POLICY
#!/bin/sh
# Made by roboconf-lamp while it installs packages; without effect once that has ended.
[ ! -d /proc/$$ ] || exit 101
POLICY
	chmod 755 "$policy.new"
	mv "$policy.new" "$policy"
	trap 'rm -f /usr/sbin/policy-rc.d' EXIT
}

# keep_file PATH: keeps a file that is about to be changed, the first time.
keep_file() {
	if [ -e "$mine/files$1" ] || [ ! -e "$1" ]; then return 0; fi
	mkdir -p "$mine/files$(dirname "$1")"
	cp -a "$1" "$mine/files$1.new"
	mv "$mine/files$1.new" "$mine/files$1"
}

# release SERVICE: the machine becomes as it was before this software was claimed, as far as no other instance needs it.
release() {
	service=$1
	main=$(head -n 1 "$mine/packages" 2>/dev/null || true)
	systemctl disable -q --now "$service" 2>/dev/null || true
	remove_packages
	if [ -n "$main" ] && is_installed "$main"; then
		restore "$service"
	elif [ -e "$mine/before" ]; then
		sed -n 's/^no path //p' "$mine/before" | while read -r path; do rm -rf "$path"; done
		sed -n 's/^no user //p' "$mine/before" | while read -r account; do
			if id -u "$account" >/dev/null 2>&1; then userdel "$account" || true; fi
		done
	fi
	systemctl reset-failed -q "$service" 2>/dev/null || true
	if grep -qs roboconf-lamp /usr/sbin/policy-rc.d; then rm -f /usr/sbin/policy-rc.d; fi
	rm -rf "$mine"
	if others; then return 0; fi
	if [ -e "$notes/caches" ]; then xargs -r rm -f <"$notes/caches"; fi
	rm -rf "$notes"
}

# The software was there before, or somebody else has come to need it: it stays, as it was.
restore() {
	if [ -d "$mine/files" ]; then cp -a "$mine/files/." /; fi
	if grep -qx enabled "$mine/before"; then systemctl enable -q "$1"; fi
	if grep -qx active "$mine/before"; then systemctl restart "$1"; fi
}

# Whether other instances of these recipes are on this machine.
others() {
	for owner in "$notes"/*/owner; do
		if [ -e "$owner" ] && [ "$owner" != "$mine/owner" ] && [ -d "$(cat "$owner")" ]; then return 0; fi
	done
	return 1
}

# Takes away the packages that these recipes brought, and that nothing else of the machine needs.
remove_packages() {
	if [ ! -e "$notes/installed" ] || [ ! -e "$mine/packages" ]; then return 0; fi
	if [ -e "$mine/apt.log" ]; then
		hold_services
		mend_packages
	fi
	# What stayed half-made even so counts, too.
	sort -u "$notes/installed" | while read -r package; do
		case $(status_of "$package") in '' | not-installed) ;; *) echo "$package" ;; esac
	done >"$mine/brought"
	if others; then
		unneeded_packages
	else
		apt-mark showmanual | grep -vxFf "$mine/packages" >"$mine/wanted" || true
		grep -vxFf "$mine/wanted" "$mine/brought" || true
	fi >"$mine/unneeded"
	purge_packages
}

# Of the packages that were brought, those that only this instance needed.
unneeded_packages() {
	for asked in "$notes"/*/packages; do
		if [ "$asked" != "$mine/packages" ]; then cat "$asked"; fi
	done >"$mine/wanted"
	grep -xFf "$mine/packages" "$mine/brought" | grep -vxFf "$mine/wanted" | xargs -r apt-mark auto >/dev/null
	apt-get -qq -s -o APT::AutoRemove::RecommendsImportant=false -o APT::AutoRemove::SuggestsImportant=false autoremove |
		removals | grep -xFf "$mine/brought" || true
}

# Never takes away a package of others that came to depend on one of these.
purge_packages() {
	[ -s "$mine/unneeded" ] || return 0
	# shellcheck disable=SC2046
	if would_remove_others $(cat "$mine/unneeded"); then
		while read -r package; do
			would_remove_others "$package" || echo "$package"
		done <"$mine/unneeded" >"$mine/free"
		mv "$mine/free" "$mine/unneeded"
	fi
	echo "removing $(wc -l <"$mine/unneeded") packages"
	# apt-get leaves half-made packages alone; dpkg does not.
	xargs -r apt-get -qq -y -o DPkg::Lock::Timeout=300 purge <"$mine/unneeded" >"$mine/apt.log" 2>&1 ||
		xargs -r dpkg --purge --force-remove-reinstreq <"$mine/unneeded" >>"$mine/apt.log" 2>&1 ||
		fail "apt-get could not remove packages:" "$(tail -n 20 "$mine/apt.log")" "See to what it says, and retry."
}

would_remove_others() {
	apt-get -qq -s purge "$@" | removals | grep -qvxFf "$mine/unneeded"
}

removals() {
	sed -n 's/^\(Remv\|Purg\) \([^ ]*\).*/\2/p'
}

# listening_address: the address of this machine that others reach it by, or all when it is not one of its own.
listening_address() {
	if hostname -I | tr ' ' '\n' | grep -qxF "$ip"; then echo "$ip"; else echo 0.0.0.0; fi
}
