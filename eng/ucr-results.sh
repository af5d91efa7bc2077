#!/usr/bin/env bash
# Trains the FCN on series of the UCR archive with one recipe and prints the tables of
# docs/results.md. A run that has ended is not done again, one that was killed goes on.
#
#   eng/ucr-results.sh DATA OUT [SEEDS]      DATA holds a folder a set; SEEDS defaults to "1 2 3"
set -eu
root="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
[ $# -ge 2 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
data=$1 out=$2 seeds=${3:-1 2 3}
sets="ItalyPowerDemand GunPoint Coffee ECG200 SyntheticControl ArrowHead FaceFour"
settings=("--rate 0" "--rate 50" "--rate 80" "--energy 90")

folder() { echo "$out/$1-$(tr -d ' -' <<<"$2")-$3"; }

for setting in "${settings[@]}"; do
    for seed in $seeds; do
        for set in $sets; do
            run=$(folder "$set" "$setting" "$seed")
            [ -e "$run/result.json" ] && continue
            # shellcheck disable=SC2086 # a setting is an option and its value
            "$root/spectral" train --data "$data/$set" --model fcn $setting --seed "$seed" \
                --steps 1000 --test-every 1000 --out "$run" --resume >&2
        done
    done
done

# One table: a row a set, a column a setting, the mean over the seeds of a figure of the metrics.
# $1 title, $2 awk expression of one run: 'last' columns are c[1..8], 'seconds' the median of an epoch.
table() {
    echo
    echo "| $1 | rate 0 | rate 50 | rate 80 | energy 90 |"
    echo "|---|---:|---:|---:|---:|"
    for set in $sets; do
        printf '| %s |' "$set"
        for setting in "${settings[@]}"; do
            for seed in $seeds; do
                metrics=$(folder "$set" "$setting" "$seed")/metrics.csv
                seconds=$(tail -n +3 "$metrics" | cut -d, -f6 | sort -g | awk '{ s[NR] = $1 } END { print s[int((NR + 1) / 2)] }')
                tail -n 1 "$metrics" | awk -F, -v seconds="$seconds" '{ split($0, c, ","); print '"$2"' }'
            done | awk -v format="$3" '{ sum += $1 } END { printf " " format " |", sum / NR }'
        done
        echo
    done
}

table "test accuracy, %" '100 * c[5]' '%.1f'
table "spectra discarded, %" '100 * c[8]' '%.1f'
table "seconds an epoch" 'seconds' '%.3f'
table "peak device memory, MB" 'c[7] / 1e6' '%.1f'
