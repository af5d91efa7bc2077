#!/usr/bin/env bash
# Prints the path of ptxas, NVIDIA's PTX assembler, with nvdisasm, the disassembler, beside it or on the PATH.
# Where they are not on the machine they are taken out of Debian's non-free package nvidia-cuda-toolkit (an
# 84 MB download, nothing is installed) into a cache folder.
set -euo pipefail

cache="${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/spectral/cuda"
for found in "${SPECTRAL_PTXAS:-}" "$(command -v ptxas || true)" "$cache/ptxas"; do
    if [ -n "$found" ] && [ -x "$found" ] &&
        { [ -x "$(dirname "$found")/nvdisasm" ] || command -v nvdisasm >/dev/null; }; then
        echo "$found"
        exit 0
    fi
done

fail() { echo "fetch-ptxas: $1" >&2; exit 1; }
command -v apt-get >/dev/null || fail "ptxas is missing and this machine has no apt-get to fetch it with"
[ "$(dpkg --print-architecture)" = amd64 ] || fail "Debian has ptxas for amd64 only"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/parts"

# The mirror and its release are those from which this machine takes Debian's component main.
read -r uri release < <(apt-get indextargets \
    --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk '$3 == "main" && $2 !~ /-(updates|security|backports)/ && $1 !~ /security/ { print $1, $2; exit }') ||
    fail "the sources of apt name no Debian mirror"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
signed=""
[ -r "$keyring" ] && signed="[signed-by=$keyring]"
echo "deb $signed $uri $release contrib non-free" >"$work/sources.list"

chmod -R a+rX "$work"
options=(
    -qq
    -o "Dir::Etc::sourcelist=$work/sources.list" -o "Dir::Etc::sourceparts=$work/parts"
    -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root
    -o Acquire::Retries=2 -o Acquire::http::Timeout=60
)
apt-get "${options[@]}" update >&2 || fail "the package list of $release non-free could not be read"
(cd "$work" && apt-get "${options[@]}" download nvidia-cuda-toolkit >&2) ||
    fail "the package nvidia-cuda-toolkit could not be downloaded"

dpkg -x "$work"/nvidia-cuda-toolkit_*.deb "$work/tree"
mkdir -p "$cache"
for tool in nvdisasm ptxas; do
    binary=$(find "$work/tree" -type f -name "$tool" | head -n 1)
    [ -n "$binary" ] || fail "the package nvidia-cuda-toolkit holds no $tool"
    # Written beside and renamed, so that a run at the same time never sees half a file.
    cp "$binary" "$cache/$tool.$$"
    chmod +x "$cache/$tool.$$"
    mv "$cache/$tool.$$" "$cache/$tool"
done
echo "$cache/ptxas"
