#!/bin/sh
# Make sure that the system packages are there which Python's venv and Qt need on Debian.
# As root installs what is missing; otherwise prints the one line to run. With a second argument,
# "tests", also the programs that only tests use: without them those tests are skipped.
set -eu
python=$1
purpose=${2:-run}

# Libraries that Qt loads (offscreen, under X11, and for sound), and a font to write with.
packages="libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 libpulse0
libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
libxcb-render-util0 libxcb-shape0 libxcb-xkb1 fonts-dejavu-core"

if ! command -v "$python" >/dev/null; then
    echo "Genretagger needs $python; install it and run make again." >&2
    exit 2
fi
command -v dpkg-query >/dev/null || exit 0 # not Debian: Qt says itself what it misses

# Encoders of what PyAV only decodes, and a voice (genretagger/training/speaking.py).
programs="speex musepack-tools espeak-ng"

# Print those of the arguments that are not installed, a space before each.
missing_of() {
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null) || true
    for package in "$@"; do
        printf '%s\n' "$installed" | grep -qx "$package installed" || printf ' %s' "$package"
    done
}

install() {
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# shellcheck disable=SC2086 # lists of words, here and below
missing=$(missing_of $packages)
without_venv=""
if ! [ -d .venv ] && ! "$python" -c 'import ensurepip' 2>/dev/null; then
    without_venv=yes
    missing="$missing python3.11-venv"
fi
wanted=""
# shellcheck disable=SC2086
[ "$purpose" != tests ] || wanted=$(missing_of $programs)
[ -n "$missing$wanted" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    [ -z "$missing" ] || install $missing
    # shellcheck disable=SC2086
    [ -z "$wanted" ] || install $wanted || echo "Tests that need$wanted are skipped." >&2
    exit 0
fi
echo "Some system packages are missing; to install them run:" >&2
echo "  sudo apt-get install$missing$wanted" >&2
[ -z "$without_venv" ] || exit 2
