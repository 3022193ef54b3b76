"""Links that somebody plants while a file is written lead no write to another file."""

from __future__ import annotations

import shutil

import pytest

from genretagger.core.writes import WriteStatus
from genretagger.tagging.disk import fs
from genretagger.tagging.writing import preconditions
from tests.helpers.samples import encode
from tests.helpers.sentences import require_plain
from tests.helpers.write_helpers import undo, write

NAME = "a.mp3"


@pytest.fixture
def track(tmp_path):
    (tmp_path / "music").mkdir()
    return encode(tmp_path / "music" / NAME, seconds=1, metadata={"title": "A"})


@pytest.fixture
def victim(tmp_path):
    """Return a file elsewhere that nobody may touch; it has the name of the track."""
    (tmp_path / "elsewhere").mkdir()
    return encode(
        tmp_path / "elsewhere" / NAME, seconds=1, metadata={"title": "B"}, frequencies_hz=(440.0,)
    )


@pytest.mark.parametrize("has_several_names", [False, True], ids=["swapped", "in place"])
def test_a_link_at_the_name_of_a_copy_is_not_followed(
    track, victim, tmp_path, monkeypatch, has_several_names
):
    if has_several_names:
        (tmp_path / "second name.mp3").hardlink_to(track)
    before, theirs = track.read_bytes(), victim.read_bytes()
    names = iter(f".gt-foreseen-{number}.tmp" for number in range(99))
    monkeypatch.setattr(preconditions, "make_copy_name", lambda: next(names))
    planted = [track.with_name(f".gt-foreseen-{number}.tmp") for number in range(99)]
    for link in planted:
        link.symlink_to(victim)
    result = write(track, "Rock", folder=tmp_path / "journal")
    assert result.status in (WriteStatus.REFUSED, WriteStatus.FAILED)
    require_plain(str(result.reason), track)
    assert (track.read_bytes(), victim.read_bytes()) == (before, theirs)


STEPS = ("create", "sync", "copy_attributes", "set_mtime", "replace", "sync_folder")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("undoes", [False, True], ids=["write", "undo"])
def test_a_folder_that_becomes_a_link_leads_no_write_elsewhere(
    track, victim, tmp_path, monkeypatch, step, undoes
):
    journal = tmp_path / "journal"
    if undoes:
        write(track, "Rock", folder=journal)
    before, theirs = track.read_bytes(), victim.read_bytes()
    plain, swapped = getattr(fs, step), []

    def swap_first(*arguments, **named):
        if not swapped and track.parent.exists():
            swapped.append(track.parent.rename(tmp_path / "set aside"))
            track.parent.symlink_to(victim.parent)
        return plain(*arguments, **named)

    monkeypatch.setattr(fs, step, swap_first)
    (result,) = undo(journal) if undoes else [write(track, "Rock", folder=journal)]
    assert swapped, "the step is one of a write"
    monkeypatch.setattr(fs, step, plain)
    assert victim.read_bytes() == theirs
    assert [path.name for path in victim.parent.iterdir()] == [NAME], "nothing is left there"
    aside = (tmp_path / "set aside" / NAME).read_bytes()
    is_done = result.status in (WriteStatus.WRITTEN, WriteStatus.RESTORED)
    assert (aside != before) is is_done
    if not is_done:
        require_plain(str(result.reason), track)
    track.parent.unlink()
    shutil.move(tmp_path / "set aside", track.parent)
    write(track, "Jazz", folder=journal)
    assert victim.read_bytes() == theirs
