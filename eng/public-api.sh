#!/usr/bin/env bash
# Writes PublicAPI.Unshipped.txt of each package anew: what is public in the source and has not been released.
# With --release it moves all of it to PublicAPI.Shipped.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C

for project in src/Overmind src/Overmind.Client; do
    shipped=$project/PublicAPI.Shipped.txt unshipped=$project/PublicAPI.Unshipped.txt
    if [ "${1:-}" = --release ]; then
        { cat "$shipped"; grep -v '^#nullable enable$' "$unshipped" || true; } | awk '!seen[$0]++' >"$shipped.new"
        mv "$shipped.new" "$shipped"
        echo '#nullable enable' >"$unshipped"
        continue
    fi
    # With nothing unshipped, the build names all that is missing (RS0016), in the words of the file.
    echo '#nullable enable' >"$unshipped"
    log=$(mktemp)
    dotnet build "$project" -c Release --no-incremental -nr:false -v:q -p:TreatWarningsAsErrors=false >"$log" || { cat "$log" >&2; rm "$log"; exit 1; }
    sed -nE "s/.*warning RS0016: Symbol '(.*)' is not part of the declared public API.*/\1/p" "$log" | sort -u >>"$unshipped"
    rm "$log"
    echo "$unshipped: $(($(wc -l <"$unshipped") - 1)) members"
done
