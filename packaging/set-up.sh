#!/bin/sh
# Prepare .venv with the locked dependencies; on Debian and Ubuntu also the system libraries.
# Run by the Makefile; safe to run again: it does nothing when all is there.
set -eu
cd "$(dirname "$0")/.."
lock=packaging/lock/dev.txt
mark=.venv/ready
wanted=$(cat "$lock" pyproject.toml packaging/set-up.sh | cksum)
[ -f "$mark" ] && [ "$(cat "$mark")" = "$wanted" ] && exit 0

python_is_usable() {
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if python_is_usable "$name"; then
            echo "$name"
            return 0
        fi
    done
    return 1
}

missing_packages() {
    find_python >/dev/null || printf '%s ' python3 python3-venv
    # What Qt needs to draw without a screen, library by package.
    libraries=$( (ldconfig -p || /sbin/ldconfig -p) 2>/dev/null || true)
    for pair in libEGL.so.1:libegl1 libGL.so.1:libgl1 libdbus-1.so.3:libdbus-1-3 \
        libfontconfig.so.1:libfontconfig1 libxkbcommon.so.0:libxkbcommon0 \
        libglib-2.0.so.0:libglib2.0-0; do
        case $libraries in
        *"${pair%%:*}"*) ;;
        *) printf '%s ' "${pair#*:}" ;;
        esac
    done
}

if command -v apt-get >/dev/null 2>&1; then
    packages=$(missing_packages)
    if [ -n "$packages" ]; then
        if [ "$(id -u)" -eq 0 ]; then
            echo "Installing system packages: $packages"
            export DEBIAN_FRONTEND=noninteractive
            apt-get update -qq
            # shellcheck disable=SC2086 # a list of names
            apt-get install -y -qq --no-install-recommends $packages ca-certificates >/dev/null
        else
            echo "System packages are missing. Run this once, then try again:" >&2
            echo "  sudo apt-get install -y $packages" >&2
            exit 1
        fi
    fi
fi

python=$(find_python) || {
    echo "Python 3.11 or newer with venv is needed. Install it, then try again." >&2
    exit 1
}
echo "Preparing .venv with $("$python" --version); this takes a minute the first time."
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
"$python" -m venv .venv
.venv/bin/python -m pip install --quiet --require-hashes --requirement "$lock"
.venv/bin/python -m pip install --quiet --no-build-isolation --no-deps --editable .
echo "$wanted" >"$mark"
