#!/usr/bin/env bash
# Packs what a machine without the .NET SDK needs to test and to measure: the run time, the command, the suite and
# the tests, with a script 'measure' that runs them.   usage: eng/pack.sh FILE.tar.xz
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: eng/pack.sh FILE.tar.xz" >&2; exit 2; }
root="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
target="$(realpath -m "$1")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pack="$work/spectral-measure"
mkdir -p "$pack/dotnet"

cd "$root"
# One folder for all: the tests refer to the command and to the suite, which brings native libraries of its own. Some
# libraries come to the tests twice, and are the same.
for project in Spectral.Bench Spectral.Tests; do
    dotnet publish "$project" -c Release -v quiet --nologo --no-self-contained -o "$pack/programs" \
        -p:ErrorOnDuplicatePublishOutputFiles=false ||
        { echo "pack: $project could not be published" >&2; exit 1; }
done
rm -rf "$pack"/programs/Microsoft.CodeCoverage "$pack"/programs/Spectral.*.xml

# The run time that this SDK runs on: the host, what finds it, and the base libraries.
dotnet="$(dirname "$(readlink -f "$(command -v dotnet)")")"
version=$(dotnet --list-runtimes | awk '$1 == "Microsoft.NETCore.App" && $2 ~ /^10\./ { print $2 }' | tail -n 1)
[ -n "$version" ] || { echo "pack: no .NET 10 run time beside this SDK" >&2; exit 1; }
mkdir -p "$pack/dotnet/shared/Microsoft.NETCore.App"
cp "$dotnet/dotnet" "$pack/dotnet/"
cp -r "$dotnet/host" "$pack/dotnet/"
cp -r "$dotnet/shared/Microsoft.NETCore.App/$version" "$pack/dotnet/shared/Microsoft.NETCore.App/"
cp eng/measure.sh "$pack/measure"

mkdir -p "$(dirname "$target")"
tar -C "$work" -cJf "$target" spectral-measure
echo "$target"
