"""The scan finds every track once, bears every folder, and never skips silently."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import mutagen
import pytest

from genretagger.core.errors import Cancelled
from genretagger.core.events import Failure
from genretagger.core.tracks import Track
from genretagger.library import scan as scanning
from genretagger.library.leaving_out import LeftOutNames
from genretagger.library.scan import find_audio_files, scan, walk
from genretagger.library.store import Store
from genretagger.tagging import containers
from tests.helpers.samples import encode


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


def left_out(found):
    return found[-1] if found and isinstance(found[-1], LeftOutNames) else LeftOutNames()


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return encode(tmp_path_factory.mktemp("sound") / "a.mp3", seconds=0.5).read_bytes()


@pytest.fixture
def below(music, sound):
    """Return a function that makes tracks of these names in the folder of music."""

    def make(*names):
        for name in names:
            (music / name).parent.mkdir(parents=True, exist_ok=True)
            (music / name).write_bytes(sound)

    return make


@pytest.mark.parametrize(
    "name",
    [
        *(".38 Special/a.mp3", "...And Justice for All/a.mp3", ".hack/a.mp3", ".NOM/Album/a.mp3"),
        *("Normal/...Baby One More Time.mp3", ".a.mp3", ".311/a.mp3", ".émoi/CD1/a.mp3"),
        *("#1 Record/a.mp3", "$ave/a.mp3", "@Home/a.mp3", "Recycler/a.mp3", "Lost and Found/a.mp3"),
    ],
)
def test_music_is_found_whatever_sign_its_name_begins_with(name, music, store, below):
    below(name)
    found = list(scan([music], store=store))
    assert names(found) == [Path(name).name]
    assert left_out(found) == LeftOutNames()


@pytest.mark.parametrize(
    "folder",
    [
        *("$RECYCLE.BIN", "$Recycle.Bin", "RECYCLER", "#recycle", "@Recycle", ".Trash", ".Trashes"),
        *(".Trash-1000", "@eaDir", "System Volume Information", "lost+found", "LOST+FOUND"),
        *(".stversions", ".snapshots", "@Recently-Snapshot", "#snapshot", ".@__thumb"),
        *(".SyncTrash", "~snapshot", ".snap", ".dtrash"),
        *(".AppleDouble", ".Spotlight-V100", ".fseventsd", ".thumbnails", "__MACOSX", "FOUND.000"),
    ],
)
def test_bins_and_previews_are_never_entered_and_told(folder, music, store, below):
    below(f"{folder}/S-1-5-21/a.mp3", f"Album/{folder}/b.mp3", f"{folder}/c.mp3")
    below("Album/song.mp3")
    found = list(scan([music], store=store, skip_hidden=False))
    assert names(found) == ["song.mp3"]
    assert left_out(found) == LeftOutNames(system=(folder, folder))
    assert [path.name for path in find_audio_files([music])] == ["song.mp3"]
    # Who names it means it.
    assert names(scan([music / folder], store=store)) == ["c.mp3", "a.mp3"]


def test_a_bin_in_small_letters_is_told_from_an_album_by_what_lies_in_it(music, store, below):
    below("recycler/S-1-5-21-1/Dc1.mp3", "zz top/recycler/song.mp3")
    found = list(scan([music], store=store, skip_hidden=False))
    assert names(found) == ["song.mp3"]
    assert left_out(found) == LeftOutNames(system=("recycler",))


@pytest.mark.parametrize(
    "name",
    [
        *("a.w64", "a.caf", "a.au", "a.amr", "a.MKV", "a.mov", "a.m4v", "a.3gp", "a.3g2"),
        *("a.wmv", "a.ogv"),
    ],
)
def test_sound_of_rarer_kinds_and_of_films_is_found_in_folders(name, music, store, below):
    below(name)
    assert names(scan([music], store=store)) == [name]


@pytest.mark.parametrize("folder", [".cache", ".git", ".config", ".local", ".Cache"])
def test_folders_of_programs_are_left_out_unless_the_user_wants_them(folder, music, store, below):
    below(f"{folder}/a.mp3", f"{folder}/deep/b.mp3", "song.mp3")
    found = list(scan([music], store=store))
    assert names(found) == ["song.mp3"]
    assert left_out(found) == LeftOutNames(hidden=(folder,))
    assert [path.name for path in find_audio_files([music])] == ["song.mp3"]
    everything = list(scan([music], store=store, skip_hidden=False))
    assert names(everything) == ["song.mp3", "a.mp3", "b.mp3"]
    assert left_out(everything) == LeftOutNames()
    for given in ([music / folder], [music, music / folder]):
        assert {"a.mp3", "b.mp3"} <= set(names(scan(given, store=store)))


def test_a_hidden_folder_of_unknown_name_is_left_out_where_no_music_lies_in_it(music, store, below):
    below(".program/deep/a.mp3", ".program/System Volume Information/b.mp3")
    below(".hack/c.mp3", ".hack/deep/d.mp3")
    found = list(scan([music], store=store))
    assert names(found) == ["c.mp3", "d.mp3"]
    assert left_out(found) == LeftOutNames(hidden=(".program",))
    assert names(scan([music, music / ".program"], store=store)) == ["c.mp3", "d.mp3", "a.mp3"]


def test_what_is_no_music_is_not_told_and_what_lies_beside_it_for_macos_is(music, store):
    for name in (".gt-0123456789abcdef.tmp", "cover.jpg", ".DS_Store", "._cover.jpg", "._a.mp3"):
        (music / name).write_bytes(b"\0\5\x16\7")
    found = list(scan([music], store=store))
    assert found == [LeftOutNames(files=("._a.mp3",))]
    assert list(find_audio_files([music], also=[".tmp"])) == []


def test_a_hidden_folder_that_cannot_be_opened_is_a_hidden_folder(music, store, monkeypatch):
    (music / ".closed").mkdir()
    real = os.scandir

    def scandir(path):
        if Path(path).name == ".closed":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert list(scan([music], store=store)) == [LeftOutNames(hidden=(".closed",))]
    assert len(failures(list(scan([music / ".closed"], store=store)))) == 1


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
    assert len(failures(scan([music, music / "closed"], store=store))) == 1


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


def test_a_walk_can_be_stopped_where_there_is_no_music(music, monkeypatch):
    for number in range(9):
        (music / f"{number}" / "deep").mkdir(parents=True)
    cancel, entered = threading.Event(), []
    contents = scanning._contents

    def entering(folder):
        entered.append(folder)
        if len(entered) == 3:
            cancel.set()
        return contents(folder)

    monkeypatch.setattr(scanning, "_contents", entering)
    with pytest.raises(Cancelled):
        list(walk([music], cancel=cancel))
    assert len(entered) == 3
