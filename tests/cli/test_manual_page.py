"""The manual page: it has all that the parser has, its readers accept it, and it is made alike."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

from genretagger.cli.exit_status import ExitStatus
from genretagger.cli.help_texts import ENVIRONMENT, FILES
from genretagger.core.resources import UserFolders, user_folders
from tests.helpers.command import ROOT
from tools.command_line.manual_page import make_page
from tools.command_line.walk import arguments_of, commands_of, new_parser

PARTS = [
    *("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "EXIT STATUS", "ENVIRONMENT"),
    *("FILES", "EXAMPLES", "SEE ALSO"),
]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Return the page in a file."""
    path = tmp_path_factory.mktemp("man") / "genretagger.1"
    path.write_text(make_page("2026-12-01"), encoding="utf-8")
    return path


def ask(program, *arguments):
    """Return what a program says; the test is skipped where it is absent."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    return subprocess.run(
        [program, *map(str, arguments)],
        env=os.environ | {"LC_ALL": "C.UTF-8", "MANWIDTH": "80", "MAN_KEEP_FORMATTING": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def as_read(page):
    """Return the page as `man` shows it, in single spaces."""
    return re.sub(r"\s+", " ", ask("man", "-l", page).stdout)


def test_the_page_has_the_usual_parts_in_their_order(page):
    assert re.findall(r"^\.SH\s+(.+)", page.read_text(), re.MULTILINE) == PARTS


def test_the_page_has_every_command_with_all_that_it_takes(page):
    parts = re.split(r"^\.S[HS] ", page.read_text(), flags=re.MULTILINE)
    by_heading = {part.partition("\n")[0]: part.replace("\\-", "-") for part in parts}
    for command in commands_of(new_parser()):
        heading = f"\\fB{command.prog}\\fR".replace("-", "\\-")
        part = by_heading["OPTIONS" if command.prog == "genretagger" else heading]
        for argument in arguments_of(command):
            if argument.option_strings == ["-h", "--help"]:
                continue  # said once, in the description
            assert f"\\fB{(argument.option_strings or [argument.metavar])[0]}\\fR" in part
            for choice in argument.choices or ():
                assert choice in part
    assert "--help" in by_heading["DESCRIPTION"]


def test_the_page_can_be_read(page):
    text = as_read(page)
    for word in ("SUBCOMMAND ...", "genretagger [FOLDER] opens", "~/Music > heard.csv"):
        assert word in text
    for status in ExitStatus:
        assert f" {status.value} {status.meaning}" in text
    for meaning in (*ENVIRONMENT.values(), *FILES.values()):
        assert meaning in text
    for name in FILES:
        assert getattr(UserFolders(ROOT), name).name in text
    assert "`" not in text
    assert "\\" not in text


def test_what_the_page_says_of_the_data_folder_is_so(page, monkeypatch):
    if sys.platform != "linux":
        pytest.skip("the page says it of Linux")
    monkeypatch.delenv("GENRETAGGER_HOME")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", "/home/ana")
    assert str(user_folders().home) == "/home/ana/.local/share/genretagger"
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert str(user_folders().home) == "/data/genretagger"
    assert "$XDG_DATA_HOME or, where that is not set, ~/.local/share/genretagger" in as_read(page)


@pytest.mark.parametrize(
    "check", [("man", "--warnings", "-l"), ("mandoc", "-T", "lint", "-W", "style")]
)
def test_readers_of_manual_pages_have_nothing_to_say(check, page):
    done = ask(*check, page)
    assert done.returncode == 0, done.stdout
    assert done.stderr == ""
    assert check[0] == "man" or done.stdout == ""


def test_the_page_is_found_by_what_it_is_about(page):
    done = ask("lexgrog", page)
    assert '"genretagger - hear the genres of music files' in done.stdout


def test_the_same_sources_give_the_same_files(tmp_path):
    made = []
    for number, more in enumerate(({"COLUMNS": "40", "LC_ALL": "C"}, {"COLUMNS": "200"})):
        home = tmp_path / str(number)
        environment = os.environ | more | {"GENRETAGGER_HOME": str(home)}
        files = {}
        for epoch in ("0", "1700000000"):
            folder = home / epoch
            subprocess.run(
                [sys.executable, "-m", "tools.command_line", folder],
                cwd=ROOT,
                env=environment | {"SOURCE_DATE_EPOCH": epoch},
                check=True,
                capture_output=True,
            )
            found = (path for path in folder.rglob("*") if path.is_file())
            files |= {str(path.relative_to(home)): path.read_bytes() for path in found}
        made.append(files)
    first, second = made
    assert first == second
    assert len(first) == 8
    assert b'"2023-11-14"' in first["1700000000/man/genretagger.1"]
