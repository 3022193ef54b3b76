#!/bin/sh
# Print the Python to set up .venv with: the requested one, else the newest that runs and that the
# locks are made for. Print nothing if there is none; fail if the requested one does not do.
set -u
requested=${1:-}
parts='import sqlite3, ssl, sys, venv; sys.exit("%d.%d" % sys.version_info[:2] not in sys.argv)'

# Whether COMMAND runs as one of VERSIONS, with MODULE and the parts that Genretagger and pip need.
# A name proves nothing: pyenv puts shims on PATH that only complain.
runs() { # COMMAND MODULE VERSION...
    command=$1 module=$2
    shift 2
    "$command" -c "import $module; $parts" "$@" >/dev/null 2>&1 </dev/null
}

newest_with() { # MODULE - stops at the first that runs
    for version in 3.13 3.12 3.11; do
        IFS=:
        for folder in $PATH; do
            candidate=${folder:-.}/python$version
            if runs "$candidate" "$1" "$version"; then
                printf '%s\n' "$candidate"
                exit
            fi
        done
        unset IFS
    done
}

if [ -n "$requested" ]; then
    runs "$requested" sys 3.13 3.12 3.11 || {
        echo "PYTHON=$requested is not a Python 3.11, 3.12 or 3.13 that runs; name another." >&2
        exit 2
    }
    printf '%s\n' "$requested"
    exit
fi
newest_with ensurepip # Debian has it in a package of its own; a Python without it comes second
newest_with sys
