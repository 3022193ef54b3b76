"""A copy that would not play any more is refused, though its audio is byte for byte the same."""

from io import BytesIO

import mutagen
import pytest
from mutagen.ogg import OggPage

from genretagger.core.datatypes import Policy, WriteRequest, WriteStatus
from genretagger.core.settings import Settings
from genretagger.tagging import containers, writer
from genretagger.tagging.digest import audio_digest
from tests.samples import encode
from tests.tagging import states


def pages_of(data):
    """Return the start of each page."""
    starts = []
    at = data.find(b"OggS")
    while at >= 0:
        starts.append(at)
        at = data.find(b"OggS", at + 4)
    return starts


def zeroed_times(data):
    for at in pages_of(data):
        data[at + 6 : at + 14] = bytes(8)


def wrong_checksums(data):
    for at in pages_of(data)[2:]:
        data[at + 22] ^= 1


def gap_in_the_page_numbers(data):
    at = pages_of(data)[-1]
    data[at + 18] += 1
    data[at:] = OggPage(BytesIO(data[at:])).write()  # with the right checksum


def zeroed_sample_sizes(data):
    at = data.index(b"stsz")
    end = at - 4 + int.from_bytes(data[at - 4 : at], "big")
    data[at + 16 : end] = bytes(end - at - 16)


def zeroed_duration(data):
    at = data.index(b"mdhd")
    data[at + 20 : at + 24] = bytes(4)


DAMAGES = [
    (".ogg", zeroed_times),
    (".opus", zeroed_times),
    (".ogg", wrong_checksums),
    (".opus", wrong_checksums),
    (".ogg", gap_in_the_page_numbers),
    (".m4a", zeroed_sample_sizes),
    (".m4a", zeroed_duration),
]


@pytest.mark.parametrize(("suffix", "damage"), DAMAGES)
def test_a_copy_that_does_not_play_is_refused(suffix, damage, tmp_path, home, monkeypatch):
    path = encode(tmp_path / f"a{suffix}", seconds=3, noise=0.3)
    before = path.read_bytes()
    store = containers.store

    def spoilt(stream, wanted, *, path):
        store(stream, wanted, path=path)
        stream.seek(0)
        data = bytearray(stream.read())
        damage(data)
        stream.seek(0)
        stream.write(data)
        stream.flush()

    monkeypatch.setattr(containers, "store", spoilt)
    request = WriteRequest(path, ("Blues",))
    dry = writer.check(request, policy=Policy.REPLACE, settings=Settings())
    with writer.begin_batch(home / "j", policy=Policy.REPLACE, settings=Settings()) as batch:
        result = batch.write(request)
    assert (dry.status, result.status) == (WriteStatus.REFUSED, WriteStatus.REFUSED)
    assert result.reason.key == "audio-would-change"
    assert path.read_bytes() == before


@pytest.mark.parametrize("suffix", [".ogg", ".opus", ".m4a", ".mp3", ".flac"])
def test_a_large_genre_that_moves_everything_is_written(suffix, tmp_path, home):
    path = encode(tmp_path / f"a{suffix}", seconds=3, noise=0.3)
    before = audio_digest(path, container=containers.read(path).container)
    length_s = mutagen.File(path).info.length
    genre = "Blues " * 30_000 + "end"
    with writer.begin_batch(home / "j", policy=Policy.REPLACE, settings=Settings()) as batch:
        result = batch.write(WriteRequest(path, (genre,)))
    assert result.reason is None
    assert states.plain_genres(path) == (genre,)
    assert audio_digest(path, container=containers.read(path).container) == before
    assert mutagen.File(path).info.length == length_s
