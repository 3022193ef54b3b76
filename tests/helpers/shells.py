"""What bash, zsh and fish offer where somebody types; each reads no settings of the user's."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.waiting import LIMIT_S

_BASH = """
source "$1"
complete_by=$(complete -p genretagger)
complete_by=${complete_by#*-F }
COMP_WORDS=("${@:2}")
COMP_CWORD=$(($# - 2))
${complete_by%% *}
printf '%s\\n' "${COMPREPLY[@]}"
"""
_FISH = 'source $argv[1]; complete -C "$argv[2]" | string replace -r "\\t.*" ""'
# A terminal in which the line is typed; what would be offered is noted instead.
_ZSH = """
zmodload zsh/zpty
export ZDOTDIR=$1 FOUND=$1/found
zpty typed zsh -i
zpty -r typed said '*READY>*'
zpty -w -n typed "$2"$'\\t\\C-uexit\\n'
while zpty -r typed said; do; done
sort -u $FOUND
"""
_ZSHRC = """
PS1='READY> '
fpath=({folder} $fpath)
autoload -Uz compinit
compinit -u -D
compadd() {{
  if [[ ${{@[1,(i)(-|--)]}} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
  local -a offered
  builtin compadd -A offered "$@"
  print -rl -- $offered >> $FOUND
  builtin compadd "$@"
}}
: > $FOUND
"""


def offered(shell, script, line, *, folder):
    """Return what a shell that has loaded `script` offers behind `line`, typed in a folder.

    The test is skipped where the shell is absent.
    """
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    script = Path(script).resolve()
    home = folder.parent / "shell-home"
    home.mkdir(exist_ok=True)
    if shell == "bash":
        *words, last = line.split(" ")
        call = ["--norc", "-c", _BASH, "bash", script, *shlex.split(" ".join(words)), last]
    elif shell == "fish":
        call = ["--no-config", "-c", _FISH, script, line]
    else:
        (home / ".zshrc").write_text(_ZSHRC.format(folder=shlex.quote(str(script.parent))))
        call = ["-f", "-c", _ZSH, "zsh", home, line]
    done = subprocess.run(
        [program, *map(str, call)],
        cwd=folder,
        env=os.environ | {"HOME": str(home), "TERM": "dumb"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert not done.stderr, done.stderr
    return {found for found in done.stdout.splitlines() if found}
