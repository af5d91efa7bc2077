#!/usr/bin/env bash
# Trains ResNet-18 band-limited on a part of CIFAR-10 at several rates with one recipe and prints the
# table of docs/results.md. A run that has ended is not done again, one that was killed goes on.
#
#   eng/cifar-results.sh DATA OUT [RATES]    DATA holds train.zip and test.zip; RATES defaults to "0 50 80"
set -eu
root="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
[ $# -ge 2 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
data=$1 out=$2 rates=${3:-0 50 80}

for rate in $rates; do
    [ -e "$out/rate$rate/result.json" ] && continue
    "$root/spectral" train --data "$data" --model resnet18 --rate "$rate" --limit-train 10000 --limit-test 2000 \
        --batch 32 --epochs 6 --optimizer sgd --lr 0.03 --schedule one-cycle --weight-decay 0.0005 --seed 1 \
        --out "$out/rate$rate" --resume >&2
done

# $1 title, $2 column of metrics.csv, $3 factor, $4 format
row() {
    for rate in $rates; do
        tail -n +2 "$out/rate$rate/metrics.csv" | cut -d, -f"$2" |
            awk -v title="$1, rate $rate" -v factor="$3" -v format="$4" \
                'BEGIN { printf "| %s |", title } { printf " " format " |", factor * $1 } END { print "" }'
    done
}

epochs=$(tail -n +2 "$out/rate${rates%% *}/metrics.csv" | wc -l)
echo "| epoch | $(seq -s ' | ' 1 "$epochs") |"
echo "|---|$(seq -s ' ' 1 "$epochs" | sed 's/[0-9]* \{0,1\}/---:|/g')"
row 'test accuracy, %' 5 100 %.1f
row 'seconds' 6 1 %.1f
row 'peak device memory, MB' 7 1e-6 %.0f
