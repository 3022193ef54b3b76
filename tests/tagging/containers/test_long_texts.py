"""Texts of megabytes in tags: cut where they are shown, refused where they would be a genre."""

from __future__ import annotations

import json

import mutagen
import pytest
from mutagen.id3 import TCON, TIT2, TPE1

from genretagger.core.errors import TrackRefusedError
from genretagger.core.writes import WriteStatus
from genretagger.tagging import containers
from tests.helpers.command import run
from tests.helpers.samples import encode
from tests.helpers.sentences import require_plain
from tests.helpers.write_helpers import state_of, undo_one, write, write_foreseen

LONG = "Evil <b>\u202e " * 1_000_000  # 10 MB and more
KINDS = (".flac", ".mp3", ".m4a", ".ogg", ".opus", ".wv")
KEYS = {
    ".mp3": {"title": TIT2, "artist": TPE1, "genre": TCON},
    ".m4a": {"title": "\xa9nam", "artist": "\xa9ART", "genre": "\xa9gen"},
}


@pytest.fixture(params=KINDS)
def make(request, tmp_path):
    """Return a function that makes a file with texts in its tags."""

    def make(**texts):
        path = encode(tmp_path / f"a{request.param}", seconds=1)
        file = mutagen.File(path)
        if file.tags is None:
            file.add_tags()
        for name, text in texts.items():
            key = KEYS.get(path.suffix, {}).get(name, name)
            if path.suffix == ".mp3":
                file.tags.add(key(encoding=3, text=[text]))
            else:
                file.tags[key] = [text]
        file.save()
        return path

    return make


def test_a_title_of_megabytes_is_cut_in_the_list_and_kept_in_the_file(make, tmp_path):
    path = make(title=LONG, artist=LONG[:2_000_000])
    before = path.read_bytes()
    reading = containers.read(path)
    for text in (reading.title, reading.artist):
        assert text.startswith("Evil <b>\\u202e Evil")
        assert text.endswith("…")
        assert len(text) < 3000
    assert path.stat().st_size > len(LONG)
    result = write_foreseen(path, "Rock", folder=tmp_path / "journal")
    assert result.status is WriteStatus.WRITTEN, result.reason
    assert containers.read(path).genres == ("Rock",)
    assert undo_one(tmp_path / "journal").status is WriteStatus.RESTORED
    assert path.read_bytes() == before


def plan(path):
    return json.dumps({"path": str(path), "genres": ["Rock"]})


def test_a_genre_of_megabytes_is_shown_cut_and_the_file_is_not_written(make, tmp_path):
    path = make(genre=LONG)
    before = path.read_bytes()
    reading = containers.read(path)
    assert reading.read_only == "genre-too-long"
    assert sum(map(len, reading.genres)) < 3000
    with pytest.raises(TrackRefusedError) as refused:
        state_of(path)
    require_plain(str(refused.value), path)
    result = write_foreseen(path, "Rock", folder=tmp_path / "journal")
    assert (result.status, result.reason.key) == (WriteStatus.REFUSED, "genre-too-long")
    assert path.read_bytes() == before


def test_a_genre_of_some_lines_is_written_over(make, tmp_path):
    path = make(genre="Long " * 20_000)
    before = path.read_bytes()
    assert containers.read(path).read_only is None
    listed = run("apply", "--plan", "-", "--policy", "replace", "--dry-run", stdin=plan(path))
    assert len(listed.stdout) < 3000
    assert write(path, "Rock", folder=tmp_path / "journal").status is WriteStatus.WRITTEN
    assert undo_one(tmp_path / "journal").status is WriteStatus.RESTORED
    assert path.read_bytes() == before
