"""Files of a few kilobytes whose headers declare ten hours, or tables without end."""

from __future__ import annotations

import json
import struct

import pytest

from tests.helpers.command import run
from tests.helpers.samples import encode
from tests.helpers.sentences import require_plain

RATE_HZ = 8000
N_SAMPLES = 10 * 3600 * RATE_HZ
LARGEST_BYTES = 40_000
ENDLESS = 0x7FFFFFFF


def put(data, at, form, value):
    struct.pack_into(form, data, at, value)


def lie_wav(data):
    put(data, 4, "<I", 2 * N_SAMPLES + 36)
    put(data, data.index(b"data") + 4, "<I", 2 * N_SAMPLES)


def lie_aiff(data):
    put(data, 4, ">I", 2 * N_SAMPLES + 46)
    put(data, data.index(b"COMM") + 10, ">I", N_SAMPLES)
    put(data, data.index(b"SSND") + 4, ">I", 2 * N_SAMPLES + 8)


def lie_flac(data):
    at = 8 + 10  # the rate, then 36 bits of samples
    put(data, at, ">Q", struct.unpack_from(">Q", data, at)[0] & ~(2**36 - 1) | N_SAMPLES)


def lie_mp3(data):
    at = max(data.find(b"Xing"), data.find(b"Info"))
    assert at > 0
    put(data, at + 8, ">I", N_SAMPLES // 576)  # frames


def lie_ogg(data):
    put(data, data.rindex(b"OggS") + 6, "<Q", N_SAMPLES * 6)


def lie_m4a(data):
    for name in (b"mvhd", b"mdhd"):
        put(data, data.index(name) + 4 + 16, ">I", 10 * 3600 * 48_000)


def lie_m4a_tables(data):
    """Give every packet one size and their number none."""
    at = data.index(b"stsz") + 4 + 4
    put(data, at, ">I", 1)
    put(data, at + 4, ">I", ENDLESS)
    put(data, data.index(b"stts") + 4 + 8, ">I", ENDLESS)
    put(data, data.index(b"stsc") + 4 + 12, ">I", ENDLESS)


def lie_wavpack(data):
    put(data, data.index(b"wvpk") + 12, "<I", N_SAMPLES)


LIES = {
    "wav": (".wav", lie_wav),
    "aiff": (".aiff", lie_aiff),
    "flac": (".flac", lie_flac),
    "mp3": (".mp3", lie_mp3),
    "opus": (".opus", lie_ogg),
    "m4a": (".m4a", lie_m4a),
    "m4a tables": (".m4a", lie_m4a_tables),
    "wavpack": (".wv", lie_wavpack),
}


@pytest.fixture(params=[0.06, 1.1])
def music(request, tmp_path):
    """Return a folder of such files, with less or more sound than is judged."""
    folder = tmp_path / "music"
    folder.mkdir()
    for name, (suffix, lie) in LIES.items():
        path = encode(
            folder / f"{name}{suffix}",
            seconds=request.param,
            sample_rate_hz=RATE_HZ,
            channels=1,
            metadata={"title": name},
        )
        data = bytearray(path.read_bytes())
        lie(data)
        path.write_bytes(data)
        assert len(data) < LARGEST_BYTES, name
    return folder


def test_what_is_not_there_is_neither_waited_for_nor_believed(music):
    done = run("analyse", music, "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == len(LIES)
    for row in rows:
        path = music / row["path"].rpartition("/")[2]
        if row["error"] is None:
            assert row["duration_s"] < 2, path
        else:
            require_plain(row["error"], path)
    n_heard = sum(row["error"] is None for row in rows)
    # Where there is enough: not the one without packets, nor what Opus cuts off by its times.
    assert n_heard in (0, len(LIES) - 2)


def test_what_is_written_into_such_a_file_is_taken_back(music):
    before = {path: path.read_bytes() for path in music.iterdir()}
    plan = "".join(json.dumps({"path": str(path), "genres": ["Ska"]}) + "\n" for path in before)
    done = run("apply", "--plan", "-", "--json", stdin=plan)
    for result in map(json.loads, done.stdout.splitlines()):
        path = music / result["path"].rpartition("/")[2]
        if result["status"] == "refused":
            require_plain(result["reason"], path)
            assert path.read_bytes() == before[path]
        else:
            assert result["status"] == "written"
    run("undo")
    assert {path: path.read_bytes() for path in music.iterdir()} == before
