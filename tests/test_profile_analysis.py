"""The profile of the analysis: what usually runs in other processes is in it."""

from __future__ import annotations

from tests.helpers.samples import encode
from tools.profile_analysis import profile


def test_a_track_and_a_broken_file_are_profiled_in_this_process(tmp_path):
    encode(tmp_path / "a.flac", seconds=4)
    encode(tmp_path / "short.flac", seconds=0.5)
    stats, n_heard = profile(tmp_path)
    assert n_heard == 1
    names = {name for _, _, name in stats.stats}
    assert {"decode_track", "log_mel", "classify", "put_prediction"} <= names
