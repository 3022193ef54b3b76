"""The help of every command: it fits the terminal, and each of its examples does what it says."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from genretagger import __version__
from genretagger.cli.exit_status import ExitStatus
from genretagger.cli.help_texts import EXAMPLES
from genretagger.cli.subcommand_texts import PERSONAL_ACTIONS, SUBCOMMANDS
from tests.helpers.classifier_library import fill
from tests.helpers.command import ROOT, run, run_json
from tests.helpers.samples import encode
from tools.command_line.walk import commands_of, new_parser

COMMANDS = list(commands_of(new_parser()))
PROGRAMS = [command.prog for command in COMMANDS]
OF_COMMANDS = {name: told.examples for name, told in SUBCOMMANDS.items()} | {
    f"personal {name}": told.examples for name, told in PERSONAL_ACTIONS.items()
}
LINES = list(
    dict.fromkeys(example.line for group in (EXAMPLES, *OF_COMMANDS.values()) for example in group)
)
WINDOW = "genretagger ~/Music"
BATCH = "20261201T101500Z-2f81"
SERVER = "/srv/music"
STATUS = {
    "genretagger analyse ~/Samples": 1,  # some of these files are there to fail
    "genretagger personal learn Mine ~/Music": 2,  # there are too few
}


def words_of(line):
    """Return what the program is called with, and the file that its output goes to."""
    words, _, file = line.partition(">")
    return shlex.split(words)[1:], file.strip("> ")


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("program", PROGRAMS)
def test_the_help_fits_the_terminal(program, columns, monkeypatch):
    monkeypatch.setenv("GENRETAGGER_HOME", "/home/ana/music")
    lines = run(*program.split()[1:], "--help", COLUMNS=str(columns)).stdout.splitlines()
    assert [line for line in lines if len(line) > columns] == []
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize("name", OF_COMMANDS)
def test_every_command_has_examples_each_with_a_sentence(name):
    help_lines = run(*name.split(), "--help").stdout.splitlines()
    examples = OF_COMMANDS[name]
    assert 2 <= len(examples) <= 4
    assert any(example.line.startswith(f"genretagger {name}") for example in examples)
    for example in examples:
        assert f"  {example.line}" in help_lines
        assert re.fullmatch(r"[A-Z][^.]+\.", example.meaning)
    assert "examples:" in help_lines


@pytest.mark.parametrize("line", LINES)
def test_every_example_is_a_line_that_the_program_takes(line):
    words, _file = words_of(line)
    if line == WINDOW:
        assert words == ["~/Music"]  # `genretagger [FOLDER]`
    else:
        assert new_parser().parse_args(words).command == words[0]


@pytest.fixture
def user(tmp_path, home, monkeypatch):
    """Return the home of a user with some music, learned from before, who exported a plan."""
    folder = tmp_path / "ana"
    (folder / "Music").mkdir(parents=True)
    (folder / "Archive").mkdir()
    shutil.copy(ROOT / "resources" / "selfcheck.flac", folder / "Music" / "song.flac")
    encode(folder / "Music" / "tagged.flac", seconds=2, metadata={"genre": "Polka"})
    fill(home)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.chdir(tmp_path)
    plan = {"path": str(folder / "Music" / "song.flac"), "genres": ["Jazz"]}
    Path("plan.jsonl").write_text(json.dumps(plan), encoding="utf-8")
    return folder


@pytest.mark.slow
def test_every_example_runs(user):
    """In the order of the help; what is to be undone is written before."""
    for line in LINES:
        words, file = words_of(line)
        if line == WINDOW or words[0] == "watch":
            continue  # what goes on until it is ended: other tests have it
        if words[0] == "undo":
            run("apply", "--plan", "plan.jsonl", "--policy", "replace")
        done = run(*map(typed_by(user), words))
        assert done.returncode == STATUS.get(line, 0), (line, done.stderr)
        if file:
            assert done.stdout
            Path(file).write_text(done.stdout, encoding="utf-8")
    assert {(row["written"], row["undone"]) for row in run_json("history")} == {(1, 1)}
    assert {row["name"] for row in run_json("personal", "list")} == {"mine", "Theirs"}
    assert list((user / "Playlists").iterdir())


def typed_by(user):
    """Return a function: a word of an example as this user would have it."""
    batches = run_json("history")
    batch = batches[0]["batch"] if batches else ""
    names = {SERVER: str(user / "Music"), BATCH: batch}
    return lambda word: names.get(word, re.sub("^~", str(user), word))


def test_the_help_says_where_things_are(home):
    said = run("--help", COLUMNS="200").stdout
    for text in ("genretagger [--debug] [FOLDER]", "`genretagger [FOLDER]` opens the window"):
        assert text in said
    assert f"data folder:\n  {home}\n" in said
    assert f"log:\n  {home / 'genretagger.log'}\n" in said
    assert "manual:\n  F1 in the window opens the manual" in said
    run("history")
    assert (home / "genretagger.log").exists()


def test_the_version_is_that_of_the_program():
    for arguments in (("--version",), ("--debug", "--version")):
        done = run(*arguments)
        assert (done.stdout, done.stderr) == (f"genretagger {__version__}\n", "")
        assert done.returncode == ExitStatus.OK


def test_exit_statuses_are_the_same_in_the_help_and_in_the_manual():
    (page,) = (ROOT / "docs").rglob("command-line.md")
    table = page.read_text(encoding="utf-8").partition("| status | meaning |")[2]
    listed = re.findall(r"^\| (\d+) \|", table, re.MULTILINE)
    assert [int(status) for status in listed] == [status.value for status in ExitStatus]
    said = run("--help", COLUMNS="200").stdout
    for status in ExitStatus:
        assert re.search(rf"^  {status.value} +{re.escape(status.meaning)}$", said, re.MULTILINE)
    assert run("analyse", "/no such file").returncode == ExitStatus.NOT_STARTED
    assert run("settings", "jobs", "many").returncode == ExitStatus.NOT_STARTED
    assert run("analyse", "--no-such-option").returncode == ExitStatus.NOT_STARTED
