"""The rows of the origin's network and their split."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.training.baseline import load_rows, split_rows
from genretagger.training.data.dataset import load_table


@pytest.mark.parametrize("grouped", [False, True])
def test_the_origins_split_has_three_parts(small_table, grouped):
    table = load_table(small_table, needs=())
    training, validation, test = split_rows(table, grouped=grouped, seed=0)
    assert sorted([*training, *validation, *test]) == list(range(60))
    if grouped:
        parts = [set(table.groups[rows]) for rows in (training, validation, test)]
        assert sum(len(part) for part in parts) == len(set.union(*parts))


def test_the_pieces_of_shorter_clips_are_fewer(tmp_path):
    pieces = np.full((2, 10, 53), np.nan, np.float32)
    pieces[0], pieces[1, :3] = 1, 2
    np.savez(
        tmp_path / "table.npz",
        clip=np.array(["a", "b"]),
        genre=np.array(["jazz", "metal"]),
        artist=np.array(["X", "Y"]),
        handcrafted=np.zeros((2, 53)),
        segments_handcrafted=pieces,
    )
    rows = load_rows(tmp_path / "table.npz")
    assert rows.clips.tolist() == ["a"] * 10 + ["b"] * 3
    assert rows.arrays["handcrafted"].shape == (13, 53)
