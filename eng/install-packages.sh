#!/usr/bin/env bash
# Installs Debian packages without starting the services that they bring. Runs as root. The first argument is the log of what apt says.
set -euo pipefail
log=${1:?log file}
shift
export DEBIAN_FRONTEND=noninteractive

# Packages ask this program whether they may start what they bring; 101 is no. It is put back afterwards, it is the machine's.
policy=/usr/sbin/policy-rc.d
exec 9>/run/overmind-install.lock
flock 9
restore_policy() { if [ -e "$policy.overmind" ]; then mv "$policy.overmind" "$policy"; else rm -f "$policy"; fi; }
# A file left there is an earlier run's that was killed.
[ -e "$policy.overmind" ] || [ ! -e "$policy" ] || mv "$policy" "$policy.overmind"
trap restore_policy EXIT
install -m 755 /dev/stdin "$policy" <<<$'#!/bin/sh\nexit 101'

brings_pooler=
[[ " $* " != *" pgbouncer "* ]] || brings_pooler=yes
{
    apt-get -q update
    apt-get -q -y -o DPkg::Lock::Timeout=300 --no-install-recommends install "$@"
    # Nor at the machine's next start.
    [ -z "$brings_pooler" ] || update-rc.d pgbouncer disable
} >>"$log" 2>&1
