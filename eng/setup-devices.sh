#!/usr/bin/env bash
# Exit 0 when a GPU driver or an OpenCL run time is there, 1 when only ILGPU's own CPU device will be.
# Where neither is and apt-get may be used, installs PoCL, an OpenCL run time for CPUs.
# SPECTRAL_NO_INSTALL=1 keeps it from installing anything.
set -u

resolvable() {
    PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null | grep -q "$1" && return
    # Where the linker's cache does not know them: WSL's drivers, and folders named by the user.
    local folder IFS=:
    for folder in ${LD_LIBRARY_PATH:-} /usr/lib/wsl/lib; do
        [ -n "$folder" ] && [ -e "$folder/$1" ] && return
    done
    return 1
}

has_nvidia() { { [ -e /proc/driver/nvidia/version ] || [ -e /dev/dxg ]; } && resolvable libcuda.so.1; }

has_opencl() {
    [ "$(uname -s)" = Darwin ] && return
    resolvable libOpenCL.so.1 || return 1
    [ -n "${OCL_ICD_FILENAMES:-}" ] && return
    local folder="${OCL_ICD_VENDORS:-/etc/OpenCL/vendors}"
    compgen -G "${folder%/}/*.icd" >/dev/null
}

has_device() { has_nvidia || has_opencl; }

has_device && exit 0
[ "${SPECTRAL_NO_INSTALL:-}" = 1 ] && exit 1
command -v apt-get >/dev/null || exit 1
if [ "$(id -u)" = 0 ]; then
    as_root=(env DEBIAN_FRONTEND=noninteractive)
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo -n env DEBIAN_FRONTEND=noninteractive)
else
    exit 1
fi

# A machine without a network would wait for it at every start: after a failure, a day passes in between.
state="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/artifacts/setup"
log="$state/pocl.log"
mkdir -p "$state" 2>/dev/null || exit 1
exec 8>"$state/lock"
if command -v flock >/dev/null; then flock 8; fi
has_device && exit 0
[ -n "$(find "$log" -mmin -1440 2>/dev/null)" ] && exit 1

echo "spectral: no GPU and no OpenCL run time found: installing pocl-opencl-icd (SPECTRAL_NO_INSTALL=1 stops this)" >&2
install() {
    "${as_root[@]}" apt-get -qq -y --no-install-recommends \
        -o DPkg::Lock::Timeout=120 -o Acquire::Retries=1 -o Acquire::http::Timeout=20 \
        install pocl-opencl-icd ocl-icd-libopencl1
}
{
    install || { "${as_root[@]}" apt-get -qq -o Acquire::http::Timeout=20 update; install; }
} >"$log" 2>&1 8>&- </dev/null
if has_device; then
    rm -f "$log"
    exit 0
fi
echo "spectral: installing pocl-opencl-icd failed, see $log" >&2
exit 1
