"""What the command line makes of the paths it is given, and says of what it leaves out there."""

from __future__ import annotations

import json
import os
import sys

import pytest

from genretagger import __main__, cli
from genretagger.cli.output import left_out_sentence
from genretagger.library.leaving_out import LeftOutNames
from tests.helpers.command import run, run_json, run_process
from tests.helpers.samples import encode


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyse", ""],
        ["analyse", ".", ""],
        ["apply", "--min-confidence", "0.0", ""],
        ["apply", "--plan", ""],
        ["undo", "--file", ""],
        ["undo", "--file="],
        ["undo", "--search", ""],
        ["undo", ""],
        ["history", ""],
        ["personal", "learn", "Mine", ""],
        ["personal", "export", "Mine", ""],
        ["personal", "import", ""],
        ["demo", ""],
        ["sample-music", ""],
        [""],
    ],
)
def test_an_empty_name_is_an_error_and_not_the_current_folder(
    arguments, tmp_path, home, monkeypatch, capsys
):
    before = encode(tmp_path / "a.flac", seconds=1).read_bytes()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["genretagger", *arguments])
    monkeypatch.setattr(
        __main__, "_open_window", lambda *_, **__: pytest.fail("a window was opened")
    )
    try:
        status = __main__.main()
    except SystemExit as end:  # argparse's
        status = end.code
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert "is empty" in err.splitlines()[-1]
    assert (tmp_path / "a.flac").read_bytes() == before
    assert not home.exists() or not list(home.iterdir())


def test_a_folder_may_be_called_by_a_space(tmp_path, monkeypatch, capsys):
    (tmp_path / " ").mkdir()
    monkeypatch.chdir(tmp_path)
    assert cli.main(["analyse", " "]) == 0
    assert capsys.readouterr() == ("", f"No music was found in {tmp_path / ' '}.\n")


@pytest.fixture
def music(tmp_path):
    folder = tmp_path / "music"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    "command", [["analyse"], ["analyse", "--json"], ["apply", "--min-confidence", "0.9"]]
)
def test_a_folder_without_music_is_one_sentence_and_well(command, music, tmp_path, capsys):
    (music / "cover.jpg").touch()
    other = tmp_path / "other"
    other.mkdir()
    assert cli.main([*command, str(music)]) == 0
    assert capsys.readouterr() == ("", f"No music was found in {music}.\n")
    assert cli.main([*command, str(other), str(music)]) == 0
    assert capsys.readouterr() == ("", f"No music was found in {music}, {other}.\n")


def test_of_several_folders_those_without_music_are_named(music, tmp_path, capsys, monkeypatch):
    (music / "Artist" / "Album").mkdir(parents=True)
    (music / "Artist" / "Album" / "bad.mp3").write_bytes(b"garbage")
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path)
    assert cli.main(["analyse", "music", "other", "music/Artist"]) == 1
    said = capsys.readouterr().err.splitlines()
    bad, without, summary = said
    assert without == f"No music was found in {tmp_path / 'other'}."
    assert bad.startswith("music/Artist/Album/bad.mp3 ")
    assert summary.startswith("1 track in ")


def test_a_folder_that_was_entered_by_another_name_is_not_without_music(music, tmp_path, capsys):
    (music / "Album").mkdir()
    (music / "Album" / "bad.mp3").write_bytes(b"garbage")
    for name, target in {"same": music, "part": music / "Album"}.items():
        link = tmp_path / name
        link.symlink_to(target)
        for paths in ((music, link), (link, music)):
            assert cli.main(["analyse", *map(str, paths)]) == 1
            assert "No music" not in capsys.readouterr().err


@pytest.mark.parametrize("json", [[], ["--json"]])
def test_what_was_left_out_is_said_beside_the_results(json, music, capsys):
    encode(music / "song.flac", seconds=1, frequencies_hz=())
    for name in ("#recycle/old.mp3", "a/@eaDir/x.mp3", "b/@eaDir/y.mp3", ".cache/z.mp3"):
        (music / name).parent.mkdir(parents=True)
        (music / name).touch()
    (music / "._song.mp3").touch()
    assert cli.main(["analyse", *json, str(music)]) == 1  # it is silent
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == len(json)
    assert err.splitlines()[0] == (
        "Left out: folders of deleted files, previews and the like: 3 (#recycle, @eaDir); "
        "hidden folders of programs: 1 (.cache; the setting skip_hidden_folders); "
        "files that macOS puts beside others: 1 (._song.mp3)."
    )
    assert cli.main(["settings", "skip_hidden_folders", "no"]) == 0
    capsys.readouterr()
    assert cli.main(["analyse", *json, str(music)]) == 1
    out, err = capsys.readouterr()
    assert "z.mp3" in out + err
    assert "hidden folders" not in err


@pytest.mark.parametrize("json", [[], ["--json"]])
def test_files_with_several_names_are_told(json, music, tmp_path, capsys):
    for name in ("a", "b", "c"):
        encode(music / f"{name}.mp3", seconds=1)
    (music / "a2.mp3").hardlink_to(music / "a.mp3")
    (tmp_path / "b2.mp3").hardlink_to(music / "b.mp3")
    plan = tmp_path / "plan.jsonl"

    def apply(*names, options=()):
        lines = [f'{{"path": "{music / name}.mp3", "genres": ["Rock"]}}\n' for name in names]
        plan.write_text("".join(lines))
        assert cli.main(["apply", "--plan", str(plan), *json, *options]) == 0
        return capsys.readouterr().err.splitlines()

    told = "2 files have several names (hard links); all of them change."
    assert told in apply("a", "a2", "b", "c", options=["--dry-run"])
    assert told in apply("a", "a2", "b", "c")
    assert cli.main(["undo", *json]) == 0
    assert told in capsys.readouterr().err.splitlines()
    told = "1 file has several names (hard links); all of them change."
    assert told in apply("b", "c")
    assert not [line for line in apply("b", "c") if "several names" in line]


def test_of_many_names_a_few_are_said():
    left = LeftOutNames(files=tuple(f"._{number}.mp3" for number in range(5)))
    assert left_out_sentence(left) == (
        "Left out: files that macOS puts beside others: 5 (._0.mp3, ._1.mp3, ._2.mp3, ...)."
    )


@pytest.fixture
def in_ascii(monkeypatch):
    """Let processes that are begun from now on know no characters but those of ASCII."""
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PYTHONUTF8", "0")
    monkeypatch.setenv("PYTHONCOERCECLOCALE", "0")


@pytest.fixture
def named_oddly(music):
    """Return a track whose name is UTF-8 in part, and which ASCII does not have."""
    path = music / os.fsdecode("é€".encode() + b" \xff.flac")
    return encode(music / "a.flac", seconds=4, noise=0.2).rename(path)


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
@pytest.mark.usefixtures("in_ascii")
def test_names_that_the_locale_lacks_are_heard_written_and_undone(named_oddly, music):
    (record,) = run_json("analyse", music, by=run_process)
    assert os.fsencode(record["path"]).endswith(b" \xff.flac")
    line = json.dumps({"path": record["path"], "genres": ["Müzik"]})
    done = run_process("apply", "--plan", "-", stdin=line)
    shown = rf"{music}{os.sep}\xe9\u20ac \ufffd.flac"
    assert done.stdout == rf"written    {shown}  (none) -> M\xfczik" + "\n"
    assert run("undo", "--file", named_oddly).returncode == 0
    (batch,) = run_json("history", by=run_process)
    (write,) = run_json("history", batch["batch"], by=run_process)
    assert write["state"] == "undone"


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
@pytest.mark.usefixtures("in_ascii")
def test_what_was_written_in_one_locale_is_undone_in_another(named_oddly):
    line = json.dumps({"path": str(named_oddly), "genres": ["Rock"]})
    assert run("apply", "--plan", "-", stdin=line).returncode == 0
    done = run_process("undo")
    assert (done.returncode, done.stderr) == (0, "1 restored\n")


def test_a_home_of_nobody_is_a_folder_of_that_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("history", GENRETAGGER_HOME="~no-such-user/data")
    assert (done.returncode, done.stderr) == (0, "Nothing has been written yet.\n")
    assert (tmp_path / "~no-such-user" / "data").is_dir()
