#!/bin/sh
# Install in .venv what .ci/lock-PURPOSE.txt lists (PURPOSE is run or test), and see to the system
# packages. PYTHON makes .venv; without it an existing .venv is kept, whichever Python made it.
# A step that takes long is announced; nothing is printed where nothing is to be done.
set -eu
purpose=$1
requested=${2:-}
lock=.ci/lock-$purpose.txt
build_lock=.ci/lock-build.txt # what pip needs to install Genretagger itself
stamp=.venv/$purpose.stamp  # a copy of both, once all of it is installed
unfinished=.venv/half-built # exists while something is installed, and after that was broken off
folder=$(pwd -P)/.venv

identity() { # COMMAND - tells one Python from another; its environments have the same
    "$1" -c 'import sys; print(sys.base_prefix, sys.version)' 2>/dev/null
}

# Whether .venv can be kept: no installation into it was broken off, its Python still runs and finds
# its packages (a new system may have taken them away), it was made in this folder (its programs name
# the folder), and with the requested Python.
is_sound() {
    [ -x .venv/bin/python ] && [ ! -e $unfinished ] || return 1
    tools/python.sh .venv/bin/python >/dev/null 2>&1 || return 1
    .venv/bin/python -c 'import pip' 2>/dev/null || return 1
    case $(sed -n 's/^command = //p' .venv/pyvenv.cfg 2>/dev/null) in *" $folder") ;; *) return 1 ;; esac
    [ -z "$requested" ] || [ "$(identity .venv/bin/python)" = "$(identity "$requested")" ]
}

is_complete() {
    [ "$(cat "$lock" "$build_lock")" = "$(cat "$stamp" 2>/dev/null)" ]
}

quietly() { # COMMAND... - pip notes every source it looks into: shown only if it fails
    output=$("$@" 2>&1 </dev/null) || {
        printf '%s\n' "$output" >&2
        echo "Setting up .venv failed, as is said above (pip needs a network). Run make again." >&2
        exit 2
    }
}

# What the system lacks for a new .venv: nothing, the venv module of a Python, or any Python.
lack_of() { # COMMAND
    if [ -z "$1" ]; then
        echo any
    elif ! "$1" -c 'import ensurepip' 2>/dev/null; then
        "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])'
    fi
}

make_environment() {
    rm -rf .venv
    mkdir .venv
    : >$unfinished
    quietly "$1" -m venv .venv
}

# The locks list every package, so nothing is resolved (musicnn's own pins are years out of date), and
# the hashes of its files, so nothing else is taken. Genretagger is editable, so that
# .venv/bin/genretagger exists; a folder has no hash, and what builds it comes from a lock, too.
install() {
    : >$unfinished
    rm -f "$stamp"
    quietly .venv/bin/python -m pip install --no-deps --require-hashes -r "$lock" -r "$build_lock"
    quietly .venv/bin/python -m pip install --no-deps --no-build-isolation --editable .
    cat "$lock" "$build_lock" >"$stamp"
    [ "$purpose" = run ] || cat .ci/lock-run.txt "$build_lock" >.venv/run.stamp # a part of the longer
    rm $unfinished
}

if is_sound; then
    tools/system-packages.sh "$purpose"
    if is_complete; then exit; fi
else
    python=$(tools/python.sh "$requested")
    tools/system-packages.sh "$purpose" "$(lack_of "$python")"
fi

exec 9<. # one make at a time in this folder, where it can be locked
flock 9 2>/dev/null || true
if is_sound; then
    if is_complete; then exit; fi
    python=""
else
    python=$(tools/python.sh "$requested") # may have been installed meanwhile
    if [ -n "$(lack_of "$python")" ]; then
        echo "Genretagger needs Python 3.11, 3.12 or 3.13 (with venv): install one and run make" \
            "again, or name one: make $purpose PYTHON=/path/to/python" >&2
        exit 2
    fi
fi
case $purpose in run) size="1 GB, a minute or two" ;; *) size="3 GB, some minutes" ;; esac
echo "Setting up .venv with $("${python:-.venv/bin/python}" --version) (about $size) ..." >&2
[ -z "$python" ] || make_environment "$python"
install
