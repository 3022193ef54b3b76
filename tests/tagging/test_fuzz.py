"""Damaged files of every container: no crash, no hang, no change that is not whole and undoable.

A short run by default; `--torture` gives more than 100,000 inputs.
"""

import contextlib
import os
import shutil
import signal
import struct
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen.apev2 import APENoHeaderError, APEv2
from mutagen.id3 import ID3, ID3NoHeaderError

from genretagger.analysis.audio import decode_from_start
from genretagger.core.errors import TrackError
from genretagger.core.messages import MESSAGES
from genretagger.core.tracks import audio_digest_of
from genretagger.core.writes import WriteStatus
from genretagger.tagging import containers, digest
from genretagger.tagging.writing import recovery
from tests.helpers import audio_payload, tagged_files, write_helpers
from tests.helpers.samples import encode, pcm_digest
from tests.helpers.sentences import require_plain
from tests.helpers.write_helpers import write
from tests.tagging.containers import test_rare_containers as rare

# Damage is logged where the tag library stumbles over it.
pytestmark = pytest.mark.logs_warnings

needs_alarm = pytest.mark.skipif(
    not hasattr(signal, "SIGALRM"), reason="needs an alarm to end a hang"
)
NEVER = threading.Event()
MEMORY = Path("/dev/shm")  # where fsync costs nothing
HANG_S = 10
BARE = (".mp3", ".tta", ".wv")
SHORT = 25
TORTURE = 100_000
RARE_TORTURE = 20_000
RARE = (".spx", ".mpc", "mac-399.ape", "silence-44-s.tak", "silence-2s-44100-16.ofr")
GENRES = ("Blues", "Grüße")
HEARD = (".mp3", ".flac", ".ogg", ".opus", ".m4a", ".wma", ".wv", ".tta", ".wav", ".mka")
HEARD_TORTURE = 10_000
SHA256_DIGITS = 64
VALUES = {"container": "WAV"}  # what messages of refusals may name
SIZES = (0, 1, 0x7F, 0xFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFF8)


def flip(data, at, value):
    data[at] ^= value % 255 + 1


def number(data, at, value):
    """Overwrite four bytes, where a size may stand, by one that is likely to be wrong."""
    size = [*SIZES, len(data), len(data) - at][value % (len(SIZES) + 2)]
    data[at : at + 4] = struct.pack("<I" if value & 0x100 else ">I", size & 0xFFFFFFFF)


def cut(data, at, value):
    del data[at:]


def remove(data, at, value):
    del data[at : at + 1 + value % 300]


def insert(data, at, value):
    data[at:at] = bytes([value % 256]) * (1 + value % 300)


def repeat(data, at, value):
    data[at:at] = data[at : at + 1 + value % 3000]


def exchange(data, at, value):
    length = 1 + value % 64
    first, second = data[at : at + length], data[at + length : at + 2 * length]
    data[at : at + 2 * length] = second + first


DAMAGES = (flip, flip, number, number, cut, remove, insert, repeat, exchange)


@st.composite
def damages(draw):
    """Return what to do to a file: mostly near its start and end, where tags stand."""
    place = st.one_of(st.integers(0, 400), st.integers(-400, -1), st.integers(0, 1 << 20))
    damage = st.tuples(st.sampled_from(DAMAGES), place, st.integers(0, 1 << 16))
    return draw(st.lists(damage, min_size=1, max_size=3))


def damaged(whole, chosen):
    data = bytearray(whole)
    for damage, place, value in chosen:
        if data:
            damage(data, place % len(data), value)
    return bytes(data)


@contextlib.contextmanager
def no_hang():
    def give_up(*_):
        pytest.fail(f"more than {HANG_S} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(HANG_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def fresh_folder():
    parent = MEMORY if os.access(MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="genretagger-fuzz-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def seen(look, path):
    """Return what plain mutagen says, or what it raises: damaged files make it raise anything."""
    try:
        return look(path)
    except Exception as error:  # noqa: BLE001
        return type(error)


def readable(path):
    """Read the tags and the audio; return the container, None where a sentence says why not."""
    try:
        reading = containers.read(path)
        key = digest.hearing_key_of(path, container=reading.container).key
        assert len(audio_digest_of(key)) == SHA256_DIGITS
        if reading.read_only:
            require_plain(MESSAGES[reading.read_only].format(path=path, **VALUES), path)
        digest.audio_digest(path, container=reading.container)
    except TrackError as error:
        require_plain(str(error), path)
        return None
    return reading.container


def require_safe(path, folder, *, look, listen):
    """Write a genre into the file at `path` and take it back; return the status of the write.

    `look` returns what plain mutagen sees beside the genre, `listen` a hash of the audio.
    """
    old, others = path.read_bytes(), seen(look, path)
    container = readable(path)
    result = write(path, *GENRES, folder=folder)
    if result.status is not WriteStatus.WRITTEN:
        require_plain(str(result.reason), path)
        assert path.read_bytes() == old
        assert [file for file in path.parent.iterdir() if file != path] == []
        return result.status
    new = path.read_bytes()
    assert container is not None
    assert containers.read(path).container == container
    assert without_new(seen(look, path), others) == others
    assert [r.status for r in undo(folder)] == [WriteStatus.RESTORED]
    assert path.read_bytes() == old
    assert [file for file in path.parent.iterdir() if file != path] == []
    assert recovery.recover(folder) == ()
    sound = heard(listen, path)
    path.write_bytes(new)
    assert isinstance(sound, type) or heard(listen, path) == sound
    return result.status


def plain_others(path):
    """Return what plain mutagen sees beside the genre, without an ID3v1 tag that is none.

    Mutagen takes 124 bytes and more for ID3v1, also where damage makes an APEv2 tag look so.
    """
    others = tagged_files.plain_others(path)
    if path.suffix in (".mp3", ".tta") and not audio_payload.has_id3v1(path.read_bytes()):
        try:
            own = ID3(path, load_v1=False)
        except ID3NoHeaderError:
            own = {}
        others["frames"] = {key: frame for key, frame in others["frames"].items() if key in own}
    return others


def without_new(others, before):
    """Return `others` without what is to be seen only now.

    A file whose size was wrong may be read better than before.
    """
    if isinstance(before, type):
        return before
    if isinstance(before, dict) and "frames" in before and not before["frames"]:
        return {**others, "frames": before["frames"]}
    return others


def heard(listen, path):
    """Return what `listen` says of a file, of a bare stream the very bytes between its tags.

    FFmpeg takes a tag behind a frame that is cut off for the rest of it, and what it takes for the
    first frame of a damaged stream depends on what it finds in front. What nobody could decode
    before does not count: FFmpeg reads a table that says it is too long on into what follows.
    """
    if path.suffix in BARE:
        return list(audio_payload.parts(path.read_bytes()))
    return seen(listen, path)


def undo(folder):
    return write_helpers.undo(folder)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return the undamaged file of each state, made once."""
    folder = tmp_path_factory.mktemp("whole")
    made = {}

    def of(state):
        if state not in made:
            path = tagged_files.make(state, folder)
            made[state] = (path.suffix, path.read_bytes())
            path.unlink()
        return made[state]

    return of


def try_damages(data, *, suffix, look, listen, n_inputs):
    """Try `n_inputs` damaged forms of a file that is written as long as it is undamaged."""

    def status(data):
        with fresh_folder() as folder, no_hang():
            (folder / "music").mkdir()
            path = folder / "music" / f"track{suffix}"
            path.write_bytes(data)
            return require_safe(path, folder / "journal", look=look, listen=listen)

    @settings(
        max_examples=n_inputs,
        deadline=None,
        database=None,
        derandomize=n_inputs <= SHORT,
        suppress_health_check=list(HealthCheck),
    )
    @given(damages())
    def try_one(chosen):
        status(damaged(data, chosen))

    assert status(data) is WriteStatus.WRITTEN
    try_one()


@needs_alarm
@pytest.mark.parametrize("state", tagged_files.STATES)
def test_a_damaged_file_is_written_whole_or_left_alone(state, whole, runs):
    suffix, data = whole(state)
    n_inputs = runs(SHORT, TORTURE // len(tagged_files.STATES))
    look, listen = plain_others, pcm_digest
    try_damages(data, suffix=suffix, look=look, listen=listen, n_inputs=n_inputs)


@needs_alarm
@pytest.mark.parametrize("source", RARE)
def test_a_damaged_file_of_a_rare_kind_is_written_whole_or_left_alone(
    source, tmp_path, request, runs
):
    path = rare.made(source, tmp_path, request.config.cache)
    rare.tagged(path, ("Jazz",))
    n_inputs = runs(SHORT, RARE_TORTURE // len(RARE))

    def listen(path):  # FFmpeg takes a tag behind damaged audio for more of it
        return digest.audio_digest(path, container=rare.SOURCES[source])

    def look(path):
        if source == ".spx":
            return rare.plain(path)[1]
        # Not by `mutagen.File`: its reader of Musepack's packets may come to no end.
        try:
            tags = APEv2(path)
        except APENoHeaderError:
            return {}
        return {key: value for key, value in tags.items() if key.lower() != "genre"}

    try_damages(path.read_bytes(), suffix=path.suffix, look=look, listen=listen, n_inputs=n_inputs)


@needs_alarm
@pytest.mark.parametrize("suffix", HEARD)
def test_a_damaged_file_is_heard_or_says_why_in_plain_words(suffix, tmp_path, runs):
    whole = encode(tmp_path / f"whole{suffix}", seconds=1.5, noise=0.3).read_bytes()
    path = tmp_path / f"a{suffix}"

    @settings(
        max_examples=runs(SHORT, HEARD_TORTURE // len(HEARD)),
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(damages())
    def try_one(chosen):
        path.write_bytes(damaged(whole, chosen))
        readable(path)
        try:
            with no_hang():
                decode_from_start(path, sample_rate_hz=16000, at_most_s=2)
        except TrackError as error:
            require_plain(str(error), path)

    try_one()
