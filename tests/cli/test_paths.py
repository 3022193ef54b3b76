"""What the command line makes of the paths it is given, and says of what it leaves out there."""

from __future__ import annotations

import sys

import pytest

from genretagger import __main__, cli
from tests.samples import encode


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
        ["personal", "learn", "Mine", ""],
        ["personal", "export", "Mine", ""],
        ["personal", "import", ""],
        [""],
    ],
)
def test_an_empty_name_is_an_error_and_not_the_current_folder(
    arguments, tmp_path, home, monkeypatch, capsys
):
    before = encode(tmp_path / "a.flac", seconds=1).read_bytes()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["genretagger", *arguments])
    monkeypatch.setattr(__main__, "_open_window", lambda _: pytest.fail("a window was opened"))
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
    assert capsys.readouterr().out == ""
