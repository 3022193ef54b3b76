"""Groups and folds: nothing that belongs together is torn apart."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.core.predictions import SegmentOutputs
from genretagger.training.data.dataset import (
    GENRES,
    PENULTIMATE,
    TableError,
    group_rows,
    load_table,
    repeat_segments,
    split_folds,
)


def test_no_artist_stands_on_both_sides_of_a_fold(small_table):
    table = load_table(small_table, needs=())
    folds = list(split_folds(table))
    assert len(folds) == 15
    for training, held_out in folds:
        assert not set(table.groups[training]) & set(table.groups[held_out])
        assert sorted([*training, *held_out]) == list(range(len(table.clips)))


@pytest.mark.gtzan
def test_no_artist_of_gtzan_stands_on_both_sides_of_a_fold(gtzan):
    table = load_table(gtzan / "gtzan_dev_embeddings.npz", needs=())
    for training, held_out in split_folds(table):
        artists = set(table.artists[training]) & set(table.artists[held_out])
        assert artists <= {""}
        assert not set(table.groups[training]) & set(table.groups[held_out])


def test_cuts_are_learned_of_and_never_judged(small_table):
    table = load_table(small_table, needs=(PENULTIMATE,))
    cuts = table.rows(np.isin(table.artists, ["disco 0", "jazz 1"]))
    both = table.with_cuts(cuts)
    n_learned = 0
    for (training, held_out), (before, _) in zip(
        split_folds(both), split_folds(table), strict=True
    ):
        assert not both.cuts[held_out].any()
        assert set(both.groups[training]).isdisjoint(both.groups[held_out])
        assert training[~both.cuts[training]].tolist() == before.tolist()
        n_learned += both.cuts[training].sum()
    assert n_learned == 3 * 4 * len(cuts.clips)


def test_a_clip_without_an_artist_is_a_group_of_its_own():
    grouped = group_rows(np.array(["a", "b", "c"]), np.array(["", "", "X"]))
    assert len(set(grouped)) == 3


def test_known_twins_bring_their_artists_together():
    clips = np.array(["pop.00054", "pop.00060", "pop.00001", "pop.00002"])
    grouped = group_rows(clips, np.array(["X", "Y", "Y", "Z"]))
    assert grouped[0] == grouped[1] == grouped[2] != grouped[3]


def test_segments_are_repeated_or_cut_off_to_their_number():
    values = np.arange(3, dtype=np.float32)
    logits, units = np.repeat(values[:, None], 50, axis=1), np.repeat(values[:, None], 4, axis=1)
    outputs = SegmentOutputs(values, logits, units)
    repeated, repeated_units = repeat_segments(outputs, 7)
    assert repeated[:, 0].tolist() == repeated_units[:, 3].tolist() == [0, 1, 2, 0, 1, 2, 0]
    assert repeated.shape == (7, 50)
    assert repeat_segments(outputs, 2)[1].tolist() == units[:2].tolist()


def test_other_arrays_are_ignored_and_half_precision_is_widened(small_table):
    table = load_table(small_table, needs=("msd_penultimate",))
    assert set(table.arrays) == {"msd_penultimate"}
    assert table.arrays["msd_penultimate"].dtype == np.float32
    assert table.genres[table.labels == 9].tolist() == [GENRES[9]] * 6


def test_a_missing_array_is_named(small_table):
    with pytest.raises(TableError, match="no array mtt_logits"):
        load_table(small_table, needs=("mtt_logits",))


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_what_is_no_table_is_refused(tmp_path, content):
    path = tmp_path / "table.npz"
    path.write_bytes(content)
    with pytest.raises(TableError, match=r"table\.npz cannot be read"):
        load_table(path, needs=())


def test_an_unknown_genre_is_named(tmp_path):
    path = tmp_path / "table.npz"
    np.savez(path, clip=np.array(["a"]), genre=np.array(["polka"]))
    with pytest.raises(TableError, match="polka"):
        load_table(path, needs=())
