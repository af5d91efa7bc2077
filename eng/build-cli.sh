# Sourced by ./spectral and ./test: finds or builds the program that belongs to the sources as they are.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

require_dotnet() {
    command -v dotnet >/dev/null && return
    echo "spectral: the .NET 10 SDK is needed and 'dotnet' is not on the PATH" >&2
    return 1
}

# A short name for the state of everything that the build reads: contents, not times, so that a checkout,
# a copy or a deleted file cannot deceive it.
source_state() {
    (cd "$1" && find Spectral.Kernels Spectral.Autograd Spectral.Nn Spectral.Cli Directory.Build.props \
        Directory.Packages.props global.json \( -name bin -o -name obj \) -prune -o -type f -exec cksum {} + |
        sort -k 3 | cksum | tr -s ' ' -)
}

# Prints the path of the built program. Each state of the sources has a folder of its own, so that a long
# training never has its assemblies replaced while it runs.
build_cli() {
    local root=$1 builds="$1/artifacts/cli" state program log
    require_dotnet || return 1
    state=$(source_state "$root")
    program="$builds/$state/spectral.dll"
    if [ ! -e "$builds/$state.done" ]; then
        mkdir -p "$builds" || return 1
        log="$builds/build.log"
        (
            if command -v flock >/dev/null; then flock 9; fi
            [ -e "$builds/$state.done" ] && exit 0
            compgen -G "$builds/*.done" >/dev/null || echo "spectral: setting up (first use)…" >&2
            # The newest builds stay: a program started from one may still be running.
            ls -1t "$builds"/*.done 2>/dev/null | tail -n +4 | while read -r old; do
                rm -rf "${old%.done}" "$old"
            done
            # 9>&-: what dotnet leaves running must not keep the lock.
            if ! (cd "$root" && dotnet build Spectral.Cli -c Release -v quiet --nologo -nodeReuse:false \
                -p:UseSharedCompilation=false -o "$builds/$state") >"$log" 2>&1 </dev/null 9>&-; then
                echo "spectral: the build failed:" >&2
                grep -E "error" "$log" | sort -u | head -n 20 >&2 || cat "$log" >&2
                exit 1
            fi
            touch "$builds/$state.done"
        ) 9>"$builds/lock" || return 1
    fi
    echo "$program"
}
