"""No name, tag or argument can steer the terminal, whatever the command does with it."""

from __future__ import annotations

import io
import json
import sys
import unicodedata

import mutagen
import pytest

from genretagger.__main__ import SUBCOMMANDS
from genretagger.cli.output import print_bytes
from genretagger.core.settings import Settings
from genretagger.core.settings_file import save_settings
from tests.helpers.classifier_library import fill
from tests.helpers.command import run
from tests.helpers.samples import encode

# A title for the terminal, colours, its C1 forms, a bell, lines of their own, reversed text, a byte
# that is no UTF-8.
HOSTILE = "\x1b]0;a\x07\x1b[31m\x9b2J\x9d\r\n\x85\u2028\x7f\u202egpj.\u2066\u2069\udcff"
SHOWN = (r"\x1b[31m", r"\u202e")  # in sentences and lines; JSON says it in its own way
IN_JSON = (r"\u001b[31m", r"\u202e")


def is_safe(text):
    """Return whether a terminal shows `text` as it stands, line by line."""
    overrides = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    return not any(
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        or unicodedata.bidirectional(character) in overrides
        for character in text.replace("\n", "")
    )


@pytest.fixture
def safe():
    """Return a function: run a command, check that all it says is safe, and return what it said."""

    def call(*arguments, stdin=""):
        done = run(*arguments, stdin=stdin)
        said = done.stdout + done.stderr
        assert is_safe(said), (arguments, said)
        return said

    return call


@pytest.fixture
def music(tmp_path):
    """Return a folder with a name, a file and a genre that are hostile."""
    folder = tmp_path / f"music {HOSTILE}"
    folder.mkdir()
    song = encode(tmp_path / "a.flac", seconds=4, noise=0.2)
    tags = mutagen.File(song)
    tags["genre"] = [f"Rock{HOSTILE[:-1]}"]
    tags.save()
    song.rename(folder / f"a{HOSTILE}.flac")
    encode(tmp_path / "b.flac", seconds=2).rename(folder / f"b{HOSTILE}.flac")
    (folder / f"c{HOSTILE}.mp3").write_bytes(b"garbage")
    return folder


def has(said, words=SHOWN):
    return all(word in said for word in words)


def test_what_is_analysed_is_shown_safely(safe, music, tmp_path):
    assert has(safe("analyse", music))
    assert has(safe("analyse", music, tmp_path))  # named by what was given
    assert has(safe("analyse", "--json", music), IN_JSON)
    assert has(safe("analyse", tmp_path / HOSTILE))
    assert has(safe("demo", music))
    for folder in (tmp_path / HOSTILE, next(music.iterdir())):
        assert has(safe("watch", folder))
    to = tmp_path / f"lists {HOSTILE}"
    for _twice in range(2):  # the second time, the playlists are there
        assert has(safe("playlists", music, "--to", to, "--by", "now"))


def test_what_is_written_is_shown_safely(safe, music, tmp_path):
    plan = tmp_path / f"plan {HOSTILE}.jsonl"
    for genre in (f"Jazz{HOSTILE[:-1]}", "Jazz"):  # one that is refused, one that is written
        lines = [
            json.dumps({"path": str(path), "genres": [genre]})
            for path in (*music.iterdir(), tmp_path / HOSTILE)
        ]
        plan.write_text("\n".join(lines), encoding="utf-8")
        assert has(safe("apply", "--plan", plan, "--json"), IN_JSON)
    for more in (("--dry-run",), ("--policy", "add", "--verbose")):
        assert has(safe("apply", "--plan", plan, *more))
    assert has(safe("apply", "--min-confidence", "0", "--verbose", music))
    assert has(safe("apply", "--plan", tmp_path / HOSTILE))
    assert has(safe("apply", "--plan", "-", stdin=f"{lines[0]}\n{lines[0]}"))  # twice
    batch = json.loads(safe("history", "--json").splitlines()[0])["batch"]
    assert has(safe("history", batch))
    assert has(safe("history", batch, "--json"), IN_JSON)
    assert has(safe("history", "--export"), IN_JSON)
    assert has(safe("history", HOSTILE))
    assert has(safe("undo", "--search", tmp_path / HOSTILE))
    assert has(safe("undo", "--file", tmp_path / HOSTILE))
    assert has(safe("undo", HOSTILE))
    assert has(safe("undo"))


def test_classifiers_and_settings_are_shown_safely(safe, home, tmp_path):
    fill(home, genres=("Jazz", f"Polka{HOSTILE[:-1]}"), n_artists=4)
    assert "Mine: 2 genres" in safe("personal", "learn", "Mine")
    assert "\nPolka" in safe("personal", "report", "Mine")
    safe("personal", "report", "Mine", "--json")
    for action in ("learn", "report", "use", "delete"):
        assert has(safe("personal", action, HOSTILE))
    for name in ("there", "not there"):
        file = tmp_path / f"{name} {HOSTILE}.npz"
        assert has(safe("personal", "export", "Mine", file)) or name == "not there"
        assert has(safe("personal", "import", file))
    assert has(safe("personal", "import", tmp_path / f"nowhere {HOSTILE}"))
    mapped = f"rock=Rock{HOSTILE[:-1]}"
    assert has(safe("settings", "mapping", mapped))
    assert has(safe("settings", HOSTILE))
    for name in ("jobs", "policy", "rules", "personal_classifier"):
        assert has(safe("settings", name, HOSTILE)) or name == "personal_classifier"
    save_settings(home / "settings.json", Settings())
    (home / "settings.json").write_text(json.dumps({HOSTILE[:-1]: 1, "policy": HOSTILE[:-1]}))
    assert has(safe("settings"))
    assert has(safe("history"))


def test_folders_of_sample_music_are_shown_safely(safe, tmp_path):
    folder = tmp_path / HOSTILE
    folder.mkdir()
    (folder / "a").touch()
    assert has(safe("sample-music", folder))


@pytest.mark.parametrize(
    "arguments",
    [
        (HOSTILE,),
        (f"--{HOSTILE}", "history"),
        ("--debug", HOSTILE),
        ("history", "a", HOSTILE),
        ("analyse", f"--{HOSTILE}", "a"),
        ("analyse", "--jobs", HOSTILE, "a"),
        ("analyse", "--genres", HOSTILE, "a"),
        ("analyse", "--scheduler", HOSTILE, "a"),
        ("analyse", f"--json={HOSTILE}", "a"),
        ("apply", "--min-confidence", HOSTILE, "a"),
        ("personal", HOSTILE),
    ],
)
def test_wrong_arguments_are_shown_safely(arguments, safe):
    assert has(safe(*arguments))


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_a_hostile_home_is_shown_safely(name, safe, tmp_path, monkeypatch):
    monkeypatch.setenv("GENRETAGGER_HOME", str(tmp_path / HOSTILE))
    assert has(safe("--help"))
    safe(name, "--help")


def test_a_table_on_a_terminal_is_as_safe_as_lines(monkeypatch, music):
    class Terminal(io.TextIOWrapper):
        def isatty(self):
            return True

    def shown_on(stream):
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", stream)
            print_bytes(f"a,{HOSTILE[:-1]}\r\nb,c\r\n".encode())
        return stream.buffer.getvalue().decode()

    text = shown_on(Terminal(io.BytesIO(), encoding="utf-8"))
    assert is_safe(text)
    assert has(text)
    assert text.endswith("\nb,c\n")
    assert HOSTILE[:-1] in shown_on(io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
