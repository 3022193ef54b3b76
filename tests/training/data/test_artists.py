"""Where artists are known from, and clips that sound the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genretagger.core.predictions import SegmentOutputs
from genretagger.training.data.artists import find_artists
from genretagger.training.data.audio_folder import HeardTrack
from genretagger.training.data.dataset import TableError


def make_track(path, number=0):
    """Return a track with outputs of the embedding that depend on `number`."""
    logits = np.full((1, 50), float(number), np.float32)
    outputs = SegmentOutputs(np.zeros(1, np.float32), logits, np.zeros((1, 200), np.float32))
    return HeardTrack(path, "jazz", outputs)


def test_artists_come_from_the_list_then_the_index_then_the_names(tmp_path):
    np.savez(
        tmp_path / "gtzan_dev.npz",
        clip=np.array(["jazz.00001", "jazz.00002"]),
        genre=np.array(["jazz", "jazz"]),
        artist=np.array(["Indexed", ""]),
        split=np.array(["valid", "train"]),
    )
    (tmp_path / "artists.tsv").write_text("listed.mp3\tListed\n", encoding="utf-8")
    names = ("listed.mp3", "jazz.00001.wav", "jazz.00002.wav", "03 Named - Song.mp3", "song.mp3")
    tracks = [make_track(tmp_path / "jazz" / name, number) for number, name in enumerate(names)]
    known = find_artists(tracks, root=tmp_path, index=tmp_path)
    assert known.artists == ("Listed", "Indexed", "", "named", "")
    assert known.splits == ("", "valid", "train", "", "")
    assert known.sources == {
        "artists.tsv": 1,
        "index of GTZAN": 1,
        "nowhere": 2,
        "file names": 1,
    }


def test_clips_that_sound_the_same_stay_together(tmp_path):
    tracks = [make_track(Path(tmp_path, name), n) for name, n in (("a", 1), ("b", 2), ("c", 1))]
    known = find_artists(tracks, root=tmp_path, index=None)
    assert known.artists == ("same as a", "", "same as a")


def test_a_list_of_artists_that_is_none_is_refused(tmp_path):
    (tmp_path / "artists.tsv").write_text("no tabulator\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"artists\.tsv cannot be read"):
        find_artists([], root=tmp_path, index=None)
