#!/bin/sh
# Make .venv what .ci/lock-PURPOSE.txt says (PURPOSE is run or test), and see to the system packages.
# PYTHON is the one to do it with; without it an existing .venv is kept, whichever it was made with.
# What takes long is said before; nothing is said where nothing is to be done.
set -eu
purpose=$1
asked=${2:-}
lock=.ci/lock-$purpose.txt
stamp=.venv/$purpose.stamp # a copy of the lock, once all of it is installed
begun=.venv/half-built     # is there while something is installed, and after that was broken off
place=$(pwd -P)/.venv

identity() { # COMMAND - what tells one Python from another, the same in its environments
    "$1" -c 'import sys; print(sys.base_prefix, sys.version)' 2>/dev/null
}

# Whether .venv can be kept: no installation into it was broken off, its Python still runs and finds
# what is installed (a new system may have taken it away), it was made in this folder (programs in it
# name theirs), and with the Python that was asked for.
is_sound() {
    [ -x .venv/bin/python ] && [ ! -e $begun ] || return 1
    tools/python.sh .venv/bin/python >/dev/null 2>&1 || return 1
    .venv/bin/python -c 'import pip' 2>/dev/null || return 1
    case $(sed -n 's/^command = //p' .venv/pyvenv.cfg 2>/dev/null) in *" $place") ;; *) return 1 ;; esac
    [ -z "$asked" ] || [ "$(identity .venv/bin/python)" = "$(identity "$asked")" ]
}

is_complete() {
    [ "$(cat "$lock")" = "$(cat "$stamp" 2>/dev/null)" ]
}

quietly() { # COMMAND... - pip notes every source it looks into: shown only if it fails
    said=$("$@" 2>&1 </dev/null) || {
        printf '%s\n' "$said" >&2
        echo "Setting up .venv failed, as is said above (pip needs a network). Run make again." >&2
        exit 2
    }
}

# What the system has to give for a new .venv: nothing, the venv of a Python, or any Python.
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
    : >$begun
    quietly "$1" -m venv .venv
}

# The lock lists every package, so nothing is resolved; musicnn's own pins are years out of date.
# Genretagger itself is editable, so that .venv/bin/genretagger exists; its build tool is pinned too.
install() {
    : >$begun
    rm -f "$stamp"
    quietly .venv/bin/python -m pip install --no-deps -r "$lock"
    PIP_CONSTRAINT=.ci/lock-test.txt quietly .venv/bin/python -m pip install --no-deps --editable .
    cp "$lock" "$stamp"
    [ "$purpose" = run ] || cp .ci/lock-run.txt .venv/run.stamp # the longer lock holds the shorter
    rm $begun
}

if is_sound; then
    tools/system-packages.sh "$purpose"
    if is_complete; then exit; fi
else
    python=$(tools/python.sh "$asked")
    tools/system-packages.sh "$purpose" "$(lack_of "$python")"
fi

exec 9<. # one make at a time in this folder, where it can be locked
flock 9 2>/dev/null || true
if is_sound; then
    if is_complete; then exit; fi
    python=""
else
    python=$(tools/python.sh "$asked") # may have been installed meanwhile
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
