"""The committed table of music fits the embedding; composed music is not judged by."""

from __future__ import annotations

import numpy as np

from genretagger.analysis.manifest import default_model_folder, load_manifest
from genretagger.training.data.dataset import LOGITS, PENULTIMATE, load_table
from genretagger.training.styles.tracks import (
    MUSIC_TABLE,
    load_packaged_music,
    pool_tracks,
    take_clips,
)


def test_the_table_fits_the_embedding_and_every_piece_has_a_licence():
    manifest = load_manifest(default_model_folder())
    with np.load(MUSIC_TABLE, allow_pickle=False) as stored:
        assert str(stored["embedding_id"]) == manifest.embedding_id
        assert float(stored["level_db"]) == manifest.feature_spec.level_db
        clips = stored["clip"].tolist()
        assert len(set(clips)) == len(clips) == len(stored[PENULTIMATE])
        assert np.isfinite(stored[PENULTIMATE]).all()
    lines = MUSIC_TABLE.with_name("music-sources.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    assert {row[4] for row in rows} == set(clips)
    assert all(package and version and licence for package, version, _, licence, _, _ in rows)
    assert MUSIC_TABLE.stat().st_size < 3_000_000


def test_packaged_music_is_outside_unless_its_label_says_otherwise():
    music = load_packaged_music()
    assert not any(group.startswith("numpy") for group in music.groups.tolist())
    genres = music.genres.tolist()
    assert genres.count("") > 400
    assert genres.count("classical") > 30
    assert len(music.logits) == len(music.penultimate) == len(music.labels) == len(genres)


def test_clips_keep_their_genre_and_are_pooled_in_order(small_table):
    clips = take_clips(load_table(small_table, needs=(LOGITS, PENULTIMATE)))
    music = load_packaged_music().select(np.arange(3))
    both = pool_tracks(clips, music)
    assert both.genres.tolist() == [*clips.genres.tolist(), *music.genres.tolist()]
    np.testing.assert_array_equal(both.penultimate[-3:], music.penultimate)
