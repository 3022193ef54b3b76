"""Completions of the command line for bash, zsh and fish, by shtab.

The parser says what there is to complete; what shtab cannot know is said here: which arguments are
files, folders, plans, settings, classifiers or batches, and that a folder may stand in the place of
a subcommand. Names of the user's are read from the data folder by the shell itself: starting the
program for them would take half a second at each press of the key.
"""

from __future__ import annotations

import argparse
import re
from typing import Any, Final

import shtab

from genretagger.core.settings import Settings
from genretagger.core.settings_file import list_settings
from tools.command_line.walk import arguments_of, commands_of, new_parser

SHELLS: Final = {"bash": "genretagger.bash", "zsh": "_genretagger", "fish": "genretagger.fish"}

_NAMES: Final = {
    "bash": r"""
# $1 folder in the data folder, $2 suffix of its files, $3 word; their names without the suffix
_genretagger_names() {
  local data=${XDG_DATA_HOME:-$HOME/.local/share}/genretagger name
  [[ $OSTYPE != darwin* ]] || data="$HOME/Library/Application Support/genretagger"
  for name in "${GENRETAGGER_HOME:-$data}/$1"/*"$2"; do
    [[ -e $name ]] || continue
    name=${name##*/}
    printf -v name '%q' "${name%"$2"}"
    [[ $name != "$3"* ]] || printf '%s\n' "$name"
  done
}
_genretagger_personal() { _genretagger_names personal .npz "$1"; }
_genretagger_batches() { _genretagger_names journal .jsonl "$1"; }
""",
    "zsh": r"""
# $1 folder in the data folder, $2 suffix of its files; their names without the suffix
_genretagger_names() {
  local data=${XDG_DATA_HOME:-$HOME/.local/share}/genretagger
  [[ $OSTYPE != darwin* ]] || data="$HOME/Library/Application Support/genretagger"
  local -a names=(${GENRETAGGER_HOME:-$data}/$1/*$2(N:t))
  compadd "${@:3}" -- ${names%$2}
}
_genretagger_personal() { _genretagger_names personal .npz "$@" }
_genretagger_batches() { _genretagger_names journal .jsonl "$@" }
""",
    "fish": r"""
# $argv: a folder in the data folder, and the suffix of its files; their names without the suffix
function __genretagger_names
  set -l data $HOME/.local/share/genretagger
  test (uname) = Darwin; and set data "$HOME/Library/Application Support/genretagger"
  set -q XDG_DATA_HOME; and set data $XDG_DATA_HOME/genretagger
  set -q GENRETAGGER_HOME; and set data $GENRETAGGER_HOME
  set -l files $data/$argv[1]/*$argv[2]
  string replace -r '^.*/(.*)\.[^.]*$' '$1' -- $files
end
""",
}
_CLASSIFIER: Final = {
    "bash": "_genretagger_personal",
    "zsh": "_genretagger_personal",
    "fish": "(__genretagger_names personal .npz)",
    "preamble": _NAMES,
}
_BATCH: Final = {
    "bash": "_genretagger_batches",
    "zsh": "_genretagger_batches",
    "fish": "(__genretagger_names journal .jsonl)",
    "preamble": _NAMES,
}
# By the words before it where an argument of that name is something special; None: no completion.
_COMPLETERS: Final[dict[str, Any]] = {
    "PATH": shtab.FILE,
    "FOLDER": shtab.DIRECTORY,
    "FILE": shtab.FILE,
    "BATCH": _BATCH,
    "genretagger apply FILE": shtab.glob("*.jsonl", "*.json"),
    "genretagger personal NAME": _CLASSIFIER,
    # zsh takes the (*.npz) that shtab makes of it for a qualifier
    "genretagger personal import FILE": shtab.glob("*.npz") | {"zsh": "_files -g '*.npz'"},
    "genretagger personal import NAME": None,  # it must be new
}
# A folder may stand in the place of a subcommand.
_BEFORE: Final = {
    "bash": "_shtab_genretagger_pos_0_COMPGEN=_shtab_compgen_dirs\n",
    "zsh": """
functions[_genretagger_subcommands]=$functions[_shtab_genretagger_commands]
_shtab_genretagger_commands() {
  _alternative 'subcommands:subcommand:_genretagger_subcommands' 'folders:folder:_files -/'
}
""",
}
_FOLDERS_IN_FISH: Final = (
    "complete -c genretagger"
    " -n '_shtab_genretagger_using; and test $_shtab_genretagger_npos -eq 0'"
    " -ka '(__fish_complete_directories)' -d 'open the window on a folder'\n"
)


def complete(shell: str) -> str:
    """Return the completions for a shell of `SHELLS`."""
    text = shtab.complete(_prepared_parser(), shell, preamble=_BEFORE.get(shell, ""))
    if shell == "bash":  # what other programs have from shtab would take the place of these
        text = re.sub(
            r"\b_(set|shtab)_(?=(?:parser|new|compgen|replace)_)", r"_genretagger_\1_", text
        )
    if shell == "zsh":  # shtab lets "(*)" stand for "one or more", which ends after one
        text = text.replace('"(*)::', '"*:').replace('"(*):', '"*:')
    return text + (_FOLDERS_IN_FISH if shell == "fish" else "\n" if shell == "bash" else "")


def _prepared_parser() -> argparse.ArgumentParser:
    """Return the parser as shtab is to see it."""
    parser = new_parser()
    for command in commands_of(parser):
        command.description = None  # so each is described by its one line
        for argument in arguments_of(command):
            completer = _completer(command.prog, argument)
            if completer is not None:
                argument.complete = completer  # type: ignore[attr-defined]
            elif command.prog == "genretagger settings" and argument.metavar == "NAME":
                argument.choices = [setting.name for setting in list_settings(Settings())]
    return parser


def _completer(prog: str, argument: argparse.Action) -> Any:
    """Return what completes an argument: by all words before it, else by fewer of them."""
    words = prog.split()
    for n_words in range(len(words), -1, -1):
        key = " ".join([*words[:n_words], str(argument.metavar)])
        if key in _COMPLETERS:
            return _COMPLETERS[key]
    return None
