"""What the manual and other documents say of commands, by form: it is there, with its options.

What the manual gives to be typed is run besides (tests/manual/test_commands.py).
"""

from __future__ import annotations

import json
import re
import shlex

import pytest

from genretagger.__main__ import SUBCOMMANDS
from tests.helpers.command import run
from tests.helpers.manual_pages import MANUAL, ROOT, blocks, other_documents, pages, spans

RUN = {"sh", "crontab", "ini", "yaml"}  # languages whose commands are run
SHOWN = {"text", "json", "powershell"}
OPTION = re.compile(r"(?<![\w-])--?[a-z][\w-]*")
MODULE = re.compile(r"python -m ((?:genretagger|tools|benchmarks|tests)[a-z_.]*)")
SHELL = re.compile(r"\s+(?:[|<>#]|\|\||&&)\s*")
USAGE = re.compile(r"\[|[A-Z]{2}")


def test_every_block_of_the_manual_says_what_it_is():
    found = {str(block): block.language for page in pages() for block in blocks(page)}
    odd = {place: name for place, name in found.items() if not name.startswith("{")}
    assert set(odd.values()) <= RUN | SHOWN, odd


def test_nothing_that_is_only_shown_would_be_a_command():
    """A command in a block that is not run is a line of usage, as `genretagger undo [BATCH]`."""
    for page in pages():
        for block in blocks(page):
            if block.language in SHOWN:
                for line in block.text.splitlines():
                    assert not line.startswith("genretagger") or USAGE.search(line), block


def _words(command):
    try:
        return shlex.split(command, comments=True)
    except ValueError:  # a placeholder with a quotation mark
        return command.split()


def _known_options(words):
    """Return the options that the help of a command names, and the words that lead to it."""
    names = [word for word in words[1:3] if re.fullmatch(r"[a-z][a-z-]*", word)]
    if not names or names[0] not in SUBCOMMANDS:
        assert not names or not words[1].isidentifier(), f"no subcommand: {words}"
        names = []
    if names[:1] != ["personal"]:
        names = names[:1]
    done = run(*names, "--help", COLUMNS="1000")
    assert done.returncode == 0, (words, done.stderr)
    return set(OPTION.findall(done.stdout))


def _is_command(text):
    return re.match(r"genretagger( [-a-z]| FOLDER|$)", text)


def _mentioned():
    for page in (*pages(), *other_documents()):
        lines = [line for block in blocks(page) for line in block.text.splitlines()]
        for text in (*lines, *spans(page)):
            if _is_command(text.strip()):
                yield page, text.strip()


@pytest.mark.parametrize(
    ("page", "text"), [*dict.fromkeys(_mentioned())], ids=lambda value: str(value)[-60:]
)
def test_every_command_that_is_named_exists_with_its_options(page, text):
    words = _words(text if re.search(r"\[[-A-Z]", text) else SHELL.split(text)[0])
    used = set(OPTION.findall(" ".join(words[1:])))
    assert used <= _known_options(words), (page, text)


def test_the_page_of_the_command_line_names_every_option():
    page = MANUAL / "command-line.md"
    text = page.read_text(encoding="utf-8")
    for name in SUBCOMMANDS:
        assert f"\n## {name}\n" in text, name
        there = _known_options(["genretagger", name])
        assert {option for option in there if option.startswith("--")} <= set(OPTION.findall(text))


def test_the_page_of_the_command_line_lists_every_setting_with_its_default():
    text = (MANUAL / "command-line.md").read_text(encoding="utf-8")
    done = run("settings", "--json")
    for line in done.stdout.splitlines():
        setting = json.loads(line)
        default = setting["default"]
        shown = "(empty)" if default in ("", [], {}) else str(default).lower()
        assert f"| `{setting['name']}` | {shown} |" in text


@pytest.mark.parametrize("page", other_documents(), ids=lambda page: page.name)
def test_commands_for_developers_name_what_is_there(page):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    texts = [*(block.text for block in blocks(page)), *spans(page)]
    for line in (line.strip() for text in texts for line in text.splitlines()):
        if made := re.match(r"(?:[A-Z]+=\S+ )*make ([a-z-]+)", line):
            assert re.search(rf"^{made[1]}:", makefile, re.MULTILINE), line
        for module in MODULE.findall(line):
            path = ROOT / module.replace(".", "/")
            assert path.with_suffix(".py").exists() or path.is_dir(), line
        for path in re.findall(r"pytest (?:--\w+ )?(tests/[\w/.]+)", line):
            assert (ROOT / path).exists(), line
