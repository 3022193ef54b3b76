"""Files beyond 4 GiB, which take gigabytes and minutes: only in the thorough form."""

import hashlib
import os
import shutil
import struct

import pytest

from genretagger.core.writes import WriteStatus
from tests.helpers import tagged_files
from tests.helpers.invariants import apply, undo

HOLE_BYTES = (4 << 30) + 12_345


@pytest.fixture
def music(tmp_path, torture):
    if not torture:
        pytest.skip("files beyond 4 GiB are written with --torture only")
    if shutil.disk_usage(tmp_path).free < 5 * HOLE_BYTES:
        pytest.skip("too little free space for files beyond 4 GiB")
    folder = tmp_path / "music"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def sha256(path):
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def large_mp3(folder):
    path = tagged_files.mp3(folder / "a.mp3", version=3, genre="Jazz")
    os.truncate(path, path.stat().st_size + HOLE_BYTES)
    return path


def large_m4a(folder):
    """Audio, then a hole that belongs to it, then the tags; the size of both takes 64 bits."""
    path = tagged_files.m4a(folder / "a.m4a", genres=["Jazz"])
    data = path.read_bytes()
    free = data.index(struct.pack(">I4s", 8, b"free"))
    (size,) = struct.unpack_from(">I", data, free + 8)
    assert data[free + 12 : free + 16] == b"mdat"
    end = free + 8 + size
    with path.open("wb") as stream:
        stream.write(data[:free] + struct.pack(">I4sQ", 1, b"mdat", size + 8 + HOLE_BYTES))
        stream.write(data[free + 16 : end])
        stream.seek(HOLE_BYTES, os.SEEK_CUR)
        stream.write(data[end:])
    return path


@pytest.mark.parametrize("linked", [False, True], ids=["swapped", "in place"])
@pytest.mark.parametrize("make", [large_mp3, large_m4a])
def test_a_file_beyond_4_gib_is_written_and_restored(make, linked, music, tmp_path, home):
    path = make(music)
    if linked:
        (tmp_path / "second name").hardlink_to(path)
    before = sha256(path)
    (result,) = apply(music, home / "journal", genres=("Blues",))
    assert (result.status, result.reason) == (WriteStatus.WRITTEN, None)
    assert tagged_files.plain_genres(path) == ("Blues",)
    (result,) = undo(home / "journal")
    assert result.status is WriteStatus.RESTORED
    assert sha256(path) == before
    assert list(music.iterdir()) == [path]
