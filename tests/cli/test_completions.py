"""Completions: they name all that the parser has, and the shells offer it where it is typed."""

from __future__ import annotations

import pytest

from genretagger.core.settings import Settings
from genretagger.core.settings_file import list_settings
from tests.helpers.shells import offered
from tools.command_line.completions import SHELLS, complete
from tools.command_line.walk import arguments_of, commands_of, new_parser

COMMANDS = list(commands_of(new_parser()))


@pytest.fixture(scope="module")
def scripts(tmp_path_factory):
    """Return the completions of each shell, in files."""
    paths = {}
    for shell, name in SHELLS.items():
        paths[shell] = tmp_path_factory.mktemp(shell) / name
        paths[shell].write_text(complete(shell), encoding="utf-8")
    return paths


@pytest.fixture
def folder(tmp_path):
    """Return a folder with music, plans and names that a shell must not run."""
    folder = tmp_path / "typed in"
    for name in ("My music", "analyst", "$(touch pwned)"):
        (folder / name).mkdir(parents=True)
    for name in ("plan.jsonl", "plan.txt", "mine.npz", "song.mp3"):
        (folder / name).touch()
    return folder


@pytest.fixture(params=SHELLS)
def typed(request, scripts, folder):
    """Return a function: what a shell offers behind a line."""
    shell = request.param
    return lambda line: {
        name.rstrip("/") for name in offered(shell, scripts[shell], line, folder=folder)
    }


@pytest.mark.parametrize("shell", SHELLS)
def test_completions_name_every_command_option_and_choice(shell):
    script = complete(shell)
    for command in COMMANDS:
        assert command.prog.split()[-1] in script
        for argument in arguments_of(command):
            for option in argument.option_strings:
                name = option.lstrip("-") if shell == "fish" else option
                assert name in script, (command.prog, option)
            for choice in argument.choices or ():
                assert choice in script, (command.prog, choice)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.prog)
def test_every_option_of_a_command_is_offered(command, typed):
    expected = {
        option
        for argument in arguments_of(command)
        for option in argument.option_strings
        if option.startswith("--")
    }
    assert expected <= typed(f"{command.prog} --")


def test_a_command_is_completed_or_a_folder(typed):
    assert typed("genretagger an") == {"analyse", "analyst"}
    assert typed("genretagger pe") == {"personal"}
    assert typed("genretagger --debug wat") == {"watch"}
    assert typed("genretagger personal le") == {"learn"}
    assert "song.mp3" not in typed("genretagger ")


def test_options_and_choices_are_completed(typed):
    assert typed("genretagger apply --mi") == {"--min-confidence"}
    assert typed("genretagger apply --policy re") == {"replace"}
    assert typed("genretagger analyse song.mp3 --genres ") == {"ten", "styles", "own"}
    names = {setting.name for setting in list_settings(Settings()) if setting.name[0] == "s"}
    assert typed("genretagger settings s") == names


def test_files_and_folders_are_completed_where_they_are_meant(typed):
    assert typed("genretagger analyse plan.txt so") == {"song.mp3"}
    assert typed("genretagger watch a") == {"analyst"}
    assert "song.mp3" not in typed("genretagger watch ")
    assert typed("genretagger playlists song.mp3 --to an") == {"analyst"}
    assert typed("genretagger apply --plan pl") == {"plan.jsonl"}
    assert typed("genretagger personal import m") == {"mine.npz"}


def test_classifiers_and_batches_are_completed_from_the_data_folder(typed, home, folder):
    for name in (
        "personal/Mine.npz",
        "personal/$(touch pwned).npz",
        "journal/2026-2f81.jsonl",
    ):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).touch()
    for command in ("report", "use", "export", "delete", "learn"):
        assert typed(f"genretagger personal {command} M") == {"Mine"}
    assert len(typed("genretagger personal use ")) == 2
    assert typed("genretagger personal import mine.npz ") <= {"mine.npz"}  # a new name
    assert typed("genretagger undo 2026") == typed("genretagger history 2") == {"2026-2f81"}
    assert not list(folder.rglob("pwned"))


def test_names_of_classifiers_can_be_typed_with_what_they_hold(scripts, home, folder):
    (home / "personal").mkdir(parents=True)
    (home / "personal" / "My own.npz").touch()
    line = "genretagger personal use My"
    assert offered("bash", scripts["bash"], line, folder=folder) == {r"My\ own"}


def test_without_a_data_folder_nothing_is_offered(typed):
    assert typed("genretagger undo ") == set()
