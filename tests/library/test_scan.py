"""The scan finds every track once, bears every folder, and never skips silently."""

from __future__ import annotations

import os
from pathlib import Path

import mutagen
import pytest

from genretagger.core.datatypes import Failure, Track
from genretagger.library.scan import scan
from genretagger.library.store import Store
from genretagger.tagging import containers
from tests.samples import encode


@pytest.fixture
def store(home):
    with Store.open(home / "store.sqlite") as store:
        yield store


@pytest.fixture
def music(tmp_path):
    folder = tmp_path / "music"
    folder.mkdir()
    return folder


def names(found):
    return [item.path.name for item in found if isinstance(item, Track)]


def failures(found):
    return [item for item in found if isinstance(item, Failure)]


def test_tracks_come_in_the_order_of_their_names_folders_last(music, store):
    for name in ("b.mp3", "a.flac", "sub/c.ogg", "sub/deep/d.m4a"):
        (music / name).parent.mkdir(parents=True, exist_ok=True)
        encode(music / name, seconds=0.5)
    found = list(scan([music], store=store))
    assert names(found) == ["a.flac", "b.mp3", "c.ogg", "d.m4a"]
    assert [item.tags.container for item in found] == ["flac", "mp3", "ogg", "m4a"]
    assert failures(found) == []


def test_numbers_in_names_count_by_value(music, store):
    for name in ("10 a.mp3", "9 b.mp3", "CD 10/a.mp3", "CD 9/a.mp3"):
        (music / name).parent.mkdir(exist_ok=True)
        encode(music / name, seconds=0.2)
    found = [item.path.relative_to(music).as_posix() for item in scan([music], store=store)]
    assert found == ["9 b.mp3", "10 a.mp3", "CD 9/a.mp3", "CD 10/a.mp3"]


def test_tags_are_read_and_come_from_the_store_the_second_time(music, store, monkeypatch):
    path = encode(music / "a.flac", seconds=1.0)
    tags = mutagen.File(path)
    tags.update({"title": ["T"], "artist": ["A"], "album": ["B"], "genre": ["Rock", "Pop"]})
    tags.save()
    (first,) = scan([music], store=store)
    assert (first.tags.title, first.tags.artist, first.tags.album) == ("T", "A", "B")
    assert first.tags.genres == ("Rock", "Pop")
    assert first.tags.duration_s == pytest.approx(1.0)

    def fail(_path):
        pytest.fail("the tags were read again")

    monkeypatch.setattr(containers, "read", fail)
    assert list(scan([music], store=store)) == [first]


def test_hidden_files_and_our_own_temporary_ones_are_left_out(music, store):
    for name in (".hidden.mp3", ".gt-0123456789abcdef.tmp", ".folder/a.mp3", "cover.jpg"):
        (music / name).parent.mkdir(exist_ok=True)
        (music / name).touch()
    assert list(scan([music], store=store)) == []


def test_a_file_that_is_asked_for_by_name_is_looked_at_whatever_its_suffix(music, store):
    path = encode(music / "a.flac", seconds=0.5).rename(music / ".odd")
    assert names(scan([path], store=store)) == [".odd"]


def test_a_track_given_twice_is_found_once(music, store):
    path = encode(music / "a.flac", seconds=0.5)
    assert names(scan([path, music, path], store=store)) == ["a.flac"]


def test_links_are_followed_but_never_twice_and_never_in_a_loop(music, store, tmp_path):
    encode(music / "a.flac", seconds=0.5)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    encode(elsewhere / "b.flac", seconds=0.5)
    (music / "0-link-to-a.flac").symlink_to(music / "a.flac")
    (music / "link-to-b.flac").symlink_to(elsewhere / "b.flac")
    (music / "loop").symlink_to(music)
    (music / "self.mp3").symlink_to(music / "self.mp3")
    found = list(scan([music], store=store))
    assert names(found) == ["a.flac", "link-to-b.flac"]
    assert [failure.path.name for failure in failures(found)] == ["self.mp3"]


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(music, store):
    encode(music / "good.flac", seconds=0.5)
    (music / "empty.mp3").touch()
    (music / "garbage.flac").write_bytes(b"\xfe\1\0 garbage" * 10)
    (music / "gone.ogg").symlink_to(music / "nowhere")
    os.mkfifo(music / "pipe.mp3")
    found = list(scan([music], store=store))
    assert names(found) == ["good.flac"]
    assert [failure.path.name for failure in failures(found)] == [
        *("empty.mp3", "garbage.flac", "pipe.mp3", "gone.ogg")
    ]
    for failure in failures(found):
        assert failure.path.name in str(failure.error)


def test_an_unreadable_folder_is_named_and_the_rest_goes_on(music, store, monkeypatch):
    (music / "closed").mkdir()
    encode(music / "z.flac", seconds=0.5)
    real = os.scandir

    def scandir(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = list(scan([music], store=store))
    assert names(found) == ["z.flac"]
    (failure,) = failures(found)
    assert str(failure.error).endswith(
        "closed cannot be opened (Permission denied); its tracks are left out."
    )


def test_each_name_of_a_file_with_several_hard_links_can_be_written(music, store):
    path = encode(music / "a.flac", seconds=0.5)
    (music / "b.flac").hardlink_to(path)
    found = list(scan([music], store=store))
    assert [track.tags.read_only for track in found] == [None] * 2


def test_names_that_are_not_utf8_survive(music, store):
    encode(music / "a.flac", seconds=0.5).rename(music / "\udcff.flac")
    (track,) = scan([music], store=store)
    assert os.fsencode(track.path.name) == b"\xff.flac"
    assert list(scan([music], store=store)) == [track]
