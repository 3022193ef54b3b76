#!/bin/sh
# Write .ci/lock-*.txt: the versions of every package, resolved afresh in empty environments.
set -eu
python=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

resolve() { # NAME REQUIREMENT...
    name=$1
    shift
    "$python" -m venv "$folder/$name"
    "$folder/$name/bin/pip" install --quiet "$@"
    "$folder/$name/bin/pip" freeze --exclude genretagger >"$folder/$name.txt"
}

resolve run .
resolve test '.[train,dev]' -c "$folder/run.txt"
# Only its weights are used, at training time; what it depends on is years out of date.
echo "musicnn==0.1.0" >>"$folder/test.txt"
cp "$folder/run.txt" .ci/lock-run.txt
LC_ALL=C sort -f "$folder/test.txt" >.ci/lock-test.txt
