"""Containers that PyAV cannot encode, under every policy, judged by plain mutagen and decoding.

Speex and Musepack come from Debian's encoders; Monkey's Audio, TAK and OptimFROG from the samples
of mutagen's own tests. What is not there is skipped.
"""

import shutil

import mutagen
import pytest
from mutagen.apev2 import APEBinaryValue

from genretagger.core.writes import Policy, WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.digest import audio_digest
from tests.helpers import mutagen_corpus
from tests.helpers.samples import encode, pcm_digest
from tests.helpers.write_helpers import undo, write

ENCODED = {".spx": "spx", ".mpc": "mpc"}
FOREIGN = {
    "mac-390-hdr.ape": "ape",
    "mac-396.ape": "ape",
    "mac-399.ape": "ape",
    "has-tags.tak": "tak",
    "silence-44-s.tak": "tak",
    "silence-2s-44100-16.ofr": "ofr",
    "silence-2s-44100-16.ofs": "ofr",
    "click.mpc": "mpc",
    "sv8_header.mpc": "mpc",
    "empty.spx": "spx",
    "multiplexed.spx": "spx",
    "empty.oggflac": "oga",
    "silence-44-s.wv": "wv",
    "dsd.wv": "wv",
}
SOURCES = {**ENCODED, **FOREIGN}
STATES = {"bare": None, "without genre": (), "one": ("Jazz",), "several": ("Jazz", "Soul")}


def made(source, folder, cache):
    """Return a file of that kind in `folder`; skip the test where it cannot be had."""
    if source in ENCODED:
        return encode(folder / f"a{source}", seconds=0.4, noise=0.3)
    return shutil.copy2(mutagen_corpus.mutagen_samples(cache) / source, folder / source)


@pytest.fixture
def track(source, request, tmp_path):
    return made(source, tmp_path, request.config.cache)


def tagged(path, genres):
    file = mutagen.File(path)
    file.delete() if file.tags else None
    if genres is None:
        return
    file = mutagen.File(path)
    if file.tags is None:
        file.add_tags()
    file["Title"] = "Título"
    file["Artist"] = ["One", "Two"]
    if not isinstance(file.tags, list):
        file["Cover Art (Front)"] = APEBinaryValue(bytes(range(256)))
    if genres:
        file["Genre"] = list(genres)
    file.save()


def plain(path):
    """Return genres and everything else as plain mutagen says."""
    tags = mutagen.File(path).tags or {}
    genres = tuple(tags["Genre"]) if "Genre" in tags else ()
    items = tags.as_dict() if isinstance(tags, list) else dict(tags)
    return genres, {key: value for key, value in items.items() if key.lower() != "genre"}


def heard(path):
    """Return a hash of what is decoded; there is no decoder for OptimFROG, nor for a mere head."""
    try:
        return pcm_digest(path)
    except ValueError:  # PyAV's
        return None


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("source", SOURCES)
def test_only_the_genre_changes_and_undo_is_byte_identical(source, state, policy, track, folder):
    container, genres = SOURCES[source], STATES[state] or ()
    tagged(track, STATES[state])
    before, (shown, others) = track.read_bytes(), plain(track)
    kept = heard(track), audio_digest(track, container=container)
    assert shown == containers.read(track).genres == genres
    assert containers.read(track).container == container

    result = write(track, "Blues", "Grüße", folder=folder, policy=policy)

    genres_by_kind = {
        Policy.FILL: genres or ("Blues", "Grüße"),
        Policy.ADD: (*genres, "Blues", "Grüße"),
        Policy.CORRECT: ("Blues", "Grüße"),
        Policy.REPLACE: ("Blues", "Grüße"),
    }[policy]
    assert result.reason is None
    assert plain(track) == (genres_by_kind, others)
    assert (heard(track), audio_digest(track, container=container)) == kept
    undo(folder)
    assert track.read_bytes() == before


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("source", SOURCES)
def test_undo_by_value_after_another_program_changed_the_title(source, state, track, folder):
    tagged(track, STATES[state])
    write(track, "Blues", folder=folder)
    file = mutagen.File(track)
    file["Title"] = "New"
    file.save()
    (result,) = undo(folder)
    assert result.status is WriteStatus.RESTORED
    assert plain(track)[0] == (STATES[state] or ())
    assert plain(track)[1]["title" if SOURCES[source] in ("spx", "oga") else "Title"][0] == "New"


def payload(data):
    """Return offsets of bytes of audio in a file without tags."""
    if not data.startswith(b"OggS"):
        return range(0, len(data), max(1, len(data) // 12))
    starts = [at for at in range(len(data)) if data.startswith(b"OggS", at)]
    return [at - 1 for at in (*starts[3:][-4:], len(data))]  # headers come first


@pytest.mark.parametrize("source", SOURCES)
def test_the_digest_sees_no_tag_and_every_change_of_the_audio(source, track):
    container = SOURCES[source]
    tagged(track, None)
    data = track.read_bytes()
    before = audio_digest(track, container=container)
    tagged(track, ("Jazz",))
    assert audio_digest(track, container=container) == before
    for at in payload(data):
        flipped = bytearray(data)
        flipped[at] ^= 0x10
        track.write_bytes(flipped)
        assert audio_digest(track, container=container) != before, at
