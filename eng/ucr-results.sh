#!/usr/bin/env bash
# Trains the FCN on series of the UCR archive with one recipe and prints the tables of
# docs/results.md. A run that has ended is not done again, one that was killed goes on.
#
#   eng/ucr-results.sh DATA OUT [SEEDS]      DATA holds a folder a set; SEEDS defaults to "1 2 3"
#   eng/ucr-results.sh tables OUT            only prints what is there
#
# Times and memory come from short runs of their own, batch 16: let nothing else run beside them.
set -eu
root="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
[ $# -ge 2 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
data=$1 out=$2 seeds=${3:-1 2 3}
sets="ItalyPowerDemand GunPoint Coffee ECG200 SyntheticControl ArrowHead FaceFour"
settings=("--rate 0" "--rate 20" "--rate 50" "--rate 80" "--energy 90")
accuracy=("--rate 0" "--rate 50" "--rate 80" "--energy 90")

folder() { echo "$out/$1-$(tr -d ' -' <<<"$2")-$3"; }

# The batch of the published training: a tenth of the series, 16 at most.
batch() {
    awk 'tolower($1) == "@data" { found = 1; next } found && NF { n++ }
         END { b = int(n / 10); print b > 16 ? 16 : b }' "$data/$1/$1_TRAIN.ts"
}

# $1 set, $2 setting, $3 seed or word that names the run; the rest goes to 'spectral train'.
run() {
    local where
    where=$(folder "$1" "$2" "$3")
    [ -e "$where/result.json" ] && return
    # shellcheck disable=SC2086 # a setting is an option and its value
    "$root/spectral" train --data "$data/$1" --model fcn $2 --out "$where" --resume "${@:4}" >&2
}

if [ "$data" != tables ]; then
    for set in $sets; do
        for setting in "${settings[@]}"; do
            run "$set" "$setting" short --batch 16 --epochs 12 --test-every 12
        done
    done
    for setting in "${accuracy[@]}"; do
        for seed in $seeds; do
            for set in $sets; do
                run "$set" "$setting" "$seed" --seed "$seed" --batch "$(batch "$set")" --steps 12000 \
                    --optimizer adam --lr 0.001 --weight-decay 0 --schedule plateau:50:0.5 --test-every 2000
            done
        done
    done
fi

# One table: a row a set, a column a setting. $1 title, $2 awk expression of the last row of metrics.csv,
# c[1] …, with 'seconds' the median of an epoch; $3 format, $4 runs, the rest settings.
table() {
    local title=$1 value=$2 format=$3 runs=$4
    shift 4
    echo
    printf '| %s |' "$title"
    printf ' %s |' "${@#--}"
    printf '\n|---|'
    printf -- '---:|%.0s' "$@"
    echo
    for set in $sets; do
        printf '| %s |' "$set"
        for setting in "$@"; do
            for name in $runs; do
                metrics=$(folder "$set" "$setting" "$name")/metrics.csv
                [ -e "${metrics%metrics.csv}result.json" ] || continue
                seconds=$(tail -n +3 "$metrics" | cut -d, -f6 | sort -g |
                    awk '{ s[NR] = $1 } END { print s[int((NR + 1) / 2)] }')
                tail -n 1 "$metrics" | awk -F, -v seconds="$seconds" '{ split($0, c, ","); print '"$value"' }'
            done | awk -v format="$format" -v several="$([ "$runs" = short ] || echo 1)" '
                { sum += $1 } END { if (NR) printf " " format, sum / NR; else printf " –"
                                    if (NR && several) printf " (%d)", NR; printf " |" }'
        done
        echo
    done
}

table "test accuracy, % (seeds)" '100 * c[5]' '%.1f' "$seeds" "${accuracy[@]}"
table "spectra discarded, %" '100 * c[8]' '%.1f' short "${settings[@]}"
table "milliseconds an epoch" '1000 * seconds' '%.0f' short "${settings[@]}"
table "peak device memory, MB" 'c[7] / 1e6' '%.1f' short "${settings[@]}"
