"""Whole audio files and their genre tags."""

from __future__ import annotations

import pytest

from genretagger.training.data.audio_files import read_audio, read_genre_tag
from tests.helpers.samples import encode


def test_reading_says_what_it_cannot_read(tmp_path):
    (tmp_path / "broken.ogg").write_bytes(b"OggS and no more")
    for read in (read_genre_tag, lambda path: read_audio(path, sample_rate_hz=8000)):
        with pytest.raises(ValueError, match=r"broken\.ogg"):
            read(tmp_path / "broken.ogg")
    assert read_genre_tag(encode(tmp_path / "plain.ogg", seconds=1)) == ""
