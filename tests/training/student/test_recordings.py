"""The audio is decoded once, and again only if something changed."""

from __future__ import annotations

import os

import numpy as np
import pytest

from genretagger.training.data.audio_files import write_audio
from genretagger.training.data.dataset import TableError
from genretagger.training.student import recordings as module
from genretagger.training.student.pieces import StudyPiece
from genretagger.training.student.recordings import Recordings, decode
from genretagger.training.student.teachers import RATE_HZ


@pytest.fixture
def pieces(tmp_path):
    """Return a ramp of 2 s, a file that is no audio, a tone of 3 s, and two other clips of 1 s."""
    ramp = np.linspace(-0.5, 0.5, 2 * RATE_HZ, dtype=np.float32)
    tone = np.sin(np.arange(3 * RATE_HZ) / 10).astype(np.float32) / 2
    samples = {"ramp": ramp, "tone": tone, "third": tone[:RATE_HZ], "fourth": tone[:RATE_HZ]}
    for name, values in samples.items():
        write_audio(tmp_path / f"{name}.flac", values, sample_rate_hz=RATE_HZ)
    (tmp_path / "broken.flac").write_bytes(b"no audio")
    genres = {"ramp": "jazz", "broken": "jazz", "tone": "jazz", "third": "pop", "fourth": "pop"}
    return [
        StudyPiece(str(tmp_path / f"{name}.flac"), "clip", genre) for name, genre in genres.items()
    ]


def test_pieces_lie_one_behind_the_other_without_those_that_fail(pieces, tmp_path, capsys):
    recordings = decode(pieces, tmp_path / "work")
    assert recordings.pieces == (pieces[0], *pieces[2:])
    assert [start // RATE_HZ for start in recordings.index.starts] == [0, 2, 5, 6, 7]
    assert "broken.flac" in capsys.readouterr().err
    ramp = recordings.take(0, n_samples=10 * RATE_HZ, random=np.random.default_rng(0))
    expected = np.linspace(-0.5, 0.5, 2 * RATE_HZ)
    np.testing.assert_allclose(ramp, expected, atol=2e-4)


def test_two_genres_of_two_clips_are_the_least(pieces, tmp_path):
    for fewer in ([], pieces[:4], [*pieces[1:3], *pieces[3:]]):
        with pytest.raises(TableError, match="The student finds too few clips"):
            decode(fewer, tmp_path / "work")
    decode([pieces[0], *pieces[2:]], tmp_path / "work")


def test_a_part_of_a_piece_stays_within_it(pieces, tmp_path):
    recordings = decode(pieces, tmp_path / "work")
    random = np.random.default_rng(0)
    firsts = set()
    for _ in range(20):
        ramp = recordings.take(0, n_samples=RATE_HZ, random=random)
        assert ramp.size == RATE_HZ
        assert np.all(np.diff(ramp) >= 0)  # the tone that follows would fall
        firsts.add(float(ramp[0]))
    assert len(firsts) > 10
    assert max(firsts) - min(firsts) > 0.2


def test_what_is_decoded_is_kept_until_a_file_changes(pieces, tmp_path, monkeypatch):
    made = decode(pieces, tmp_path / "work")
    monkeypatch.setattr(module, "decode_from_start", None)
    assert decode(pieces, tmp_path / "work").index == made.index
    write_audio(tmp_path / "tone.flac", np.full(RATE_HZ, 0.5, np.float32), sample_rate_hz=RATE_HZ)
    with pytest.raises(TypeError):  # it would decode, by the function that is taken away
        decode(pieces, tmp_path / "work")


def test_a_run_that_was_broken_off_leaves_nothing_that_counts(pieces, tmp_path, monkeypatch):
    work = tmp_path / "work"
    made = decode(pieces, work)
    os.utime(pieces[0].path, (0, 0))
    decode_from_start = module.decode_from_start

    def stop_at_the_tone(path, **kwargs):
        if path.stem == "tone":
            raise KeyboardInterrupt
        return decode_from_start(path, **kwargs)

    monkeypatch.setattr(module, "decode_from_start", stop_at_the_tone)
    with pytest.raises(KeyboardInterrupt):
        decode(pieces, work)
    with pytest.raises(FileNotFoundError):
        Recordings.open(work)
    monkeypatch.setattr(module, "decode_from_start", decode_from_start)
    assert decode(pieces, work).index.starts == made.index.starts
