#!/bin/sh
# Make sure that the system packages are there which Python's venv and Qt need on Debian.
# As root installs what is missing; otherwise prints the one line to run.
set -eu
python=$1

# Libraries that Qt loads (offscreen, under X11, and for sound), and a font to write with.
packages="libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 libpulse0
libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
libxcb-render-util0 libxcb-shape0 libxcb-xkb1 fonts-dejavu-core"

if ! command -v "$python" >/dev/null; then
    echo "Genretagger needs $python; install it and run make again." >&2
    exit 2
fi
command -v dpkg-query >/dev/null || exit 0 # not Debian: Qt says itself what it misses

# shellcheck disable=SC2086 # a list of words
installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $packages 2>/dev/null) || true
missing=""
for package in $packages; do
    case $installed in
        *"$package installed"*) ;;
        *) missing="$missing $package" ;;
    esac
done
without_venv=""
if ! [ -d .venv ] && ! "$python" -c 'import ensurepip' 2>/dev/null; then
    without_venv=yes
    missing="$missing python3.11-venv"
fi
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086 # a list of words
    apt-get install -y -qq --no-install-recommends $missing >/dev/null
    exit 0
fi
echo "Some system packages are missing; to install them run:" >&2
echo "  sudo apt-get install$missing" >&2
[ -z "$without_venv" ] || exit 2
