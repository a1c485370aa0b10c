#!/usr/bin/env bash
# Installs PostgreSQL >= 15 with pgvector >= 0.8 on Debian or Ubuntu. Runs as root. Prints one line for each thing it does;
# the last line of a failure says what is wrong. What apt says goes to the log named as the first argument.
set -euo pipefail
log=${1:?log file}
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

say() { printf '%s\n' "$*"; }
fail() { say "$*"; exit 1; }
work=
drop_in=
finish() {
    [ -z "$work" ] || rm -rf "$work"
    [ -z "$drop_in" ] || restore_cluster_setting
}
trap finish EXIT

exec 9>/run/overmind-install.lock
flock -n 9 || { say "Waiting for another installation to finish"; flock 9; }

. /etc/os-release
[[ " ${ID:-} ${ID_LIKE:-} " == *" debian "* ]] || fail "installing is known for Debian and Ubuntu only, this is ${PRETTY_NAME:-unknown}"

# What apt says last about a failure.
why() { grep -hE '^E: ' "$log" | tail -n 1 || true; }
apt_get() { apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 --no-install-recommends "$@" >>"$log" 2>&1; }
candidate() { apt-cache policy "$1" | awk '$1 == "Candidate:" && $2 != "(none)" { print $2 }'; }
at_least() { [ -n "$1" ] && dpkg --compare-versions "$1" ge "$2"; }
installed_majors() { find /usr/lib/postgresql -path '*/bin/postgres' 2>/dev/null | awk -F/ '$5 >= 15 { print $5 }' | sort -rn || true; }
offered_majors() { apt-cache search --names-only '^postgresql-[0-9]+$' | sed 's/^postgresql-\([0-9]*\) .*/\1/' | awk '$1 >= 15' | sort -rn; }

# Debian's package makes and starts a cluster of its own on installation. The setting is put back afterwards, it is the machine's.
cluster_setting=/etc/postgresql-common/createcluster.conf
prevent_cluster() {
    [ -e "$cluster_setting" ] || apt_get install postgresql-common || fail "apt could not install postgresql-common ($(why))"
    cp -p "$cluster_setting" "$cluster_setting.overmind"
    drop_in=yes
    echo 'create_main_cluster = false' >>"$cluster_setting"
}
restore_cluster_setting() { mv "$cluster_setting.overmind" "$cluster_setting"; }

install_server() {
    [ -x "/usr/lib/postgresql/$1/bin/postgres" ] && return
    say "Installing PostgreSQL $1"
    prevent_cluster
    apt_get install "postgresql-$1" || fail "apt could not install postgresql-$1 ($(why))"
}

# The next release's source package, from the mirror this machine already uses and checked with this machine's keys.
build_pgvector() {
    local major=$1 next mirror key
    case "${ID}" in
        debian) next=trixie key=/usr/share/keyrings/debian-archive-keyring.gpg ;;
        *) next=resolute key=/usr/share/keyrings/ubuntu-archive-keyring.gpg ;;
    esac
    mirror=$(apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' \
        | awk -v release="$VERSION_CODENAME" '$1 == release && ($2 == "main" || $2 == "universe") { print $3, $2 }' | tail -n 1)
    [ -n "$mirror" ] || fail "apt knows no repository of $VERSION_CODENAME to take pgvector's source from"
    say "Installing the compiler and headers that pgvector needs"
    apt_get install dpkg-dev gcc libc6-dev make "postgresql-server-dev-$major" || fail "apt could not install postgresql-server-dev-$major ($(why))"
    [ -e "$key" ] && apt_get install "$(basename "$key" .gpg)" || key=

    say "Fetching pgvector's source package from $next"
    work=$(mktemp -d)
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/source"
    echo "deb-src ${key:+[signed-by=$key]} ${mirror% *} $next ${mirror#* }" >"$work/sources.list"
    local apart=(-o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists"
        -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root)
    apt_get "${apart[@]}" -o APT::Update::Error-Mode=any update || fail "apt could not read the sources of $next ($(why))"
    (cd "$work/source" && apt_get "${apart[@]}" source pgvector) || fail "apt could not fetch pgvector's source from $next ($(why))"

    say "Building pgvector for PostgreSQL $major"
    local options=(PG_CONFIG="/usr/lib/postgresql/$major/bin/pg_config" with_llvm=no OPTFLAGS=)
    (cd "$work"/source/pgvector-*/ && make -j"$(nproc)" "${options[@]}" && make install "${options[@]}") >>"$log" 2>&1 \
        || fail "pgvector did not build"
}

say "Reading the package lists"
apt_get update || fail "apt could not read its package lists ($(why))"

for major in $(installed_majors) $(offered_majors); do
    if at_least "$(candidate "postgresql-$major-pgvector")" 0.8; then
        install_server "$major"
        say "Installing pgvector for PostgreSQL $major"
        apt_get install "postgresql-$major-pgvector" || fail "apt could not install postgresql-$major-pgvector ($(why))"
        exit 0
    fi
done

major=$({ installed_majors; offered_majors; } | sed -n 1p)
[ -n "$major" ] || fail "${PRETTY_NAME:-this release} has no PostgreSQL 15 or later"
install_server "$major"
build_pgvector "$major"
