"""The table of sounds: made from a folder, and the one that the project holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.training.data.audio_files import write_audio
from genretagger.training.data.dataset import TableError
from genretagger.training.model.embedding import read_embedding
from genretagger.training.model.music_detector import SOUNDS_TABLE
from genretagger.training.sounds.pieces import Piece
from genretagger.training.sounds.synthesis import make_sound
from genretagger.training.sounds.tones import SAMPLE_RATE_HZ
from genretagger.training.sounds_table import hear_pieces, make_table, require_heard_by
from genretagger.training.styles.tracks import MUSIC_TABLE


def test_what_was_built_is_heard_by_the_application(tmp_path):
    model = Model.load(default_model_folder())
    pieces = []
    for name in ("hum", "gone"):
        piece = Piece(f"numpy.{name}", "noise", "numpy", "numpy", "", f"{name}.flac")
        pieces.append(piece)
    samples = make_sound("hum", seconds=7, seed=0)
    write_audio(tmp_path / "hum.flac", samples, sample_rate_hz=SAMPLE_RATE_HZ)
    heard = hear_pieces(tmp_path, pieces, model_folder=default_model_folder(), n_workers=1)
    arrays = make_table(heard, n_segments=model.manifest.feature_spec.max_segments)
    assert arrays["clip"].tolist() == ["numpy.hum"]
    assert arrays["n_segments"].tolist() == [2]
    assert arrays["msd_logits"].shape == (1, 10, len(model.manifest.tags))
    penultimate = arrays["msd_penultimate"]
    assert (penultimate.shape, penultimate.dtype) == ((1, 10, model.manifest.n_units), np.float16)
    np.testing.assert_array_equal(penultimate[0, 0], penultimate[0, 2])


def test_a_table_of_another_embedding_is_refused():
    embedding = read_embedding(default_model_folder())
    require_heard_by(embedding, SOUNDS_TABLE, MUSIC_TABLE)
    other = replace(embedding, record=replace(embedding.record, embedding_id="another"))
    with pytest.raises(TableError, match=r"sounds\.npz were heard by another embedding"):
        require_heard_by(other, SOUNDS_TABLE)


def test_the_table_of_the_project_fits_the_embedding_and_every_source_has_a_licence():
    manifest = Model.load(default_model_folder()).manifest
    with np.load(SOUNDS_TABLE, allow_pickle=False) as stored:
        assert str(stored["embedding_id"]) == manifest.embedding_id
        assert float(stored["level_db"]) == manifest.feature_spec.level_db
        clips, kinds = stored["clip"].tolist(), stored["kind"].tolist()
        assert len(set(clips)) == len(clips) == len(stored["msd_penultimate"])
        assert np.isfinite(stored["msd_penultimate"]).all()
        recorded = {
            clip
            for clip, source in zip(clips, stored["source"].tolist(), strict=True)
            if source not in ("numpy", "espeak-ng")
        }
    assert set(kinds) == {"speech", "recorded-speech", "noise", "tones", "effects", "music"}
    lines = SOUNDS_TABLE.with_name("sounds-sources.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    assert {row[4] for row in rows} == recorded
    assert all(package and version and licence for package, version, _, licence, _, _ in rows)
    assert SOUNDS_TABLE.stat().st_size < 7_000_000
