#!/usr/bin/env bash
# Runs out of the folder that eng/pack.sh packed, on a machine without the .NET SDK: lists the devices, runs the
# tests of kernels on one, then the suite. Results go to a folder 'results' here.
#   usage: ./measure [--device ID] [--tests REGEX|none] [--bench none] [options of 'spectral bench' …]
set -u
here="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)"
export DOTNET_ROOT="$here/dotnet" DOTNET_MULTILEVEL_LOOKUP=0
run() { "$here/dotnet/dotnet" "$here/programs/$1.dll" "${@:2}"; }

device="" tests="" bench=yes rest=()
while [ $# -gt 0 ]; do
    case "$1" in
        --device) device=$2; shift 2 ;;
        --tests) tests=$2; shift 2 ;;
        --bench) bench=$2; shift 2 ;;
        *) rest+=("$1"); shift ;;
    esac
done
mkdir -p "$here/results"

run spectral devices | tee "$here/results/devices.txt"
# Without a name the recommended device, marked with an asterisk.
[ -n "$device" ] || device=$(run spectral devices --json |
    tr -d '\n' | grep -o '{[^{}]*"recommended": *true[^{}]*}' | grep -o '"id": *"[^"]*"' | cut -d'"' -f4)
[ -n "$device" ] || { echo "measure: no usable device" >&2; exit 2; }
echo "measure: on $device"

status=0
if [ "$tests" != none ]; then
    # As many processes as there are cores, since most of their time they compile kernels, but no more than fit on a GPU.
    parts=$(nproc) pids=()
    [ "$parts" -le 16 ] || parts=16
    for part in $(seq "$parts"); do
        SPECTRAL_TEST_DEVICES=$device run Spectral.Tests "$tests" "$part/$parts" >"$here/results/tests-$part.txt" 2>&1 &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do wait "$pid" || status=1; done
    cat "$here"/results/tests-*.txt | grep -v '^devices: '
fi
if [ "$bench" != none ]; then
    SPECTRAL_DEVICE=$device run Spectral.Bench suite --out "$here/results" "${rest[@]}" || status=1
fi
exit "$status"
