#!/usr/bin/env bash
# Sets up what the tests need, builds with warnings as errors, checks the format, runs every test.
# Arguments are filters of dotnet test, as --filter-class '*BudgetTests'. The last line is "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."

# Whatever stops this script before the tests counts as one failure.
fail() { printf 'error: %s\n       %s\n' "$1" "$2" >&2; echo "0 passed, 1 failed"; exit 1; }
step() { printf '== %s (%d s)\n' "$*" "$SECONDS"; }
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif [ -t 0 ]; then sudo "$@"
    else sudo -n "$@"; fi
}

work=$(mktemp -d)
# One compiler for all projects, whose analyzers are compiled once; it goes with this script.
export UseSharedCompilation=true
trap 'rm -rf "$work"; dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true' EXIT
# Processes that live for seconds gain nothing from counting how their code is used.
export DOTNET_TieredPGO=0

# Chromium and a font for the tests of the console; the console brings its own font, the rest is what a page falls back to. A pooler to run tenants through.
# Node for OpenAI's client, which its test installs by npm.
packages=()
command -v chromium >/dev/null || packages+=(chromium)
compgen -G '/usr/share/fonts/truetype/*/*.ttf' >/dev/null || packages+=(fonts-dejavu-core)
[ -x /usr/sbin/pgbouncer ] || command -v pgbouncer >/dev/null || packages+=(pgbouncer)
command -v node >/dev/null || packages+=(nodejs)
command -v npm >/dev/null || packages+=(npm)
if [ ${#packages[@]} -gt 0 ]; then
    step "Installing ${packages[*]}"
    command -v apt-get >/dev/null || fail "the tests need ${packages[*]}" "install them with this system's package manager"
    as_root bash eng/install-packages.sh "$work/apt.log" "${packages[@]}" || { tail -n 5 "$work/apt.log" >&2; fail "${packages[*]} could not be installed" "install them yourself, as root"; }
fi
if ! compgen -G '/usr/share/postgresql/*/extension/vector.control' >/dev/null && command -v apt-get >/dev/null; then
    step "Installing PostgreSQL with pgvector"
    as_root bash src/Overmind/Postgres/Embedded/install-postgres.sh "$work/postgres.log" || {
        tail -n 5 "$work/postgres.log" >&2
        fail "PostgreSQL with pgvector could not be installed" "install postgresql and postgresql-NN-pgvector yourself, as root"
    }
fi

step "Restoring"
dotnet restore Overmind.slnx --locked-mode -v:q || fail "the packages could not be restored" "see above; a changed package needs its lock file: dotnet restore"
step "Building"
dotnet build Overmind.slnx -c Release --no-restore -nr:false -v:q || fail "the solution does not build" "see above; warnings are errors"
step "Packing"
code=0
for project in src/Overmind src/Overmind.Client src/Overmind.Console src/Overmind.Server; do
    dotnet pack "$project" -c Release --no-build --nologo -v:q -o "$work/packages" || { echo "the package of $project could not be made"; code=1; }
done
step "Checking the format"
format=0
# Style is checked by the build (EnforceCodeStyleInBuild); doing it here again would take half a minute.
dotnet format whitespace Overmind.slnx --verify-no-changes --no-restore || { format=1; echo "the format is not the house's: run dotnet format whitespace"; }
step "Testing"
# A test that hangs is named and ended: all others take seconds.
dotnet test --solution Overmind.slnx -c Release --no-build --no-ansi --no-progress --ignore-exit-code 8 \
    --hangdump --hangdump-timeout 4m --hangdump-type None --results-directory "$work/results" "$@" | tee "$work/test.log" || code=$?

for hung in "$work"/results/Overmind.*_hang.log; do
    if [ -e "$hung" ]; then echo "these tests did not end:"; cat "$hung"; fi
done
read -r passed failed skipped < <(awk '
    $1 == "succeeded:" { passed += $2 } $1 == "failed:" || $1 == "error:" { failed += $2 } $1 == "skipped:" { skipped += $2 }
    END { print passed + 0, failed + 0, skipped + 0 }' "$work/test.log")
# Said again at the end, for whoever has only the last lines of a long log.
if [ "$failed" != 0 ]; then
    echo "what failed:"
    grep -aE -A 12 '^failed ' "$work/test.log" | cut -c 1-300 | head -n 120 || true
fi
step "Done"
[ "$skipped" = 0 ] || { echo "$skipped tests were skipped: no test may be"; code=1; }
[ "$((passed + failed))" -gt 0 ] || { echo "no test ran"; code=1; }
# A tree of another format counts as one failed test: who reads only the last line shall see it, too.
[ "$format" = 0 ] || { echo "the format is not the house's: see above"; failed=$((failed + 1)); }
[ "$failed" = 0 ] || code=1
echo "$passed passed, $failed failed"
exit "$code"
