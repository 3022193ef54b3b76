"""Mutagen still has the private names that one of our modules replaces or uses."""

import io

import pytest
from mutagen import monkeysaudio, musepack, optimfrog, tak, wavpack
from mutagen.id3 import _frames
from mutagen.mp4 import MP4Tags

from genretagger.tagging.containers import mutagen_internals


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        (mutagen_internals.MonkeysAudio, monkeysaudio.MonkeysAudio),
        (mutagen_internals.WavPack, wavpack.WavPack),
        (mutagen_internals.OptimFROG, optimfrog.OptimFROG),
        (mutagen_internals.TAK, tak.TAK),
        (mutagen_internals.Musepack, musepack.Musepack),
    ],
)
def test_each_mended_class_replaces_a_class_that_mutagen_uses(own, theirs):
    assert issubclass(own._Info, theirs._Info)
    assert own._Info is not theirs._Info


def test_mutagen_unpacks_frames_through_our_limit():
    assert _frames.zlib is mutagen_internals._Unpacker


def test_the_atoms_that_are_set_take_the_place_of_all_others():
    tags = MP4Tags()
    tags["\xa9nam"] = ["Title"]
    tags._failed_atoms["gnre"] = [b"old"]
    mutagen_internals.set_raw_atoms(tags, [(b"\xa9gen", b"1"), (b"\xa9gen", b"2")])
    assert dict(tags) == {}
    assert tags._failed_atoms == {"\xa9gen": [b"1", b"2"]}


def test_a_view_asks_for_no_more_bytes_than_there_are():
    view = mutagen_internals.Clamped(io.BytesIO(b"abc"))
    assert view.read(1 << 40) == b"abc"
    view.seek(1)
    assert view.read() == b"bc"
