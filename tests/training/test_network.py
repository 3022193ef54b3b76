"""The rebuilt embedding, the trained classifier, and what becomes of them in LiteRT."""

from __future__ import annotations

import librosa
import numpy as np
import pytest
import soundfile

from genretagger.analysis.classifier import Model, over_time
from genretagger.analysis.features import segments
from genretagger.analysis.manifest import LOG_MEL, default_model_folder
from genretagger.core.hearing import SegmentOutputs
from genretagger.training.crossvalidate import hold_out, report
from genretagger.training.dataset import GENRES, PENULTIMATE, folds, load_table
from genretagger.training.export import checksums, filterbanks, model_files, to_tflite, write_folder
from genretagger.training.musicnn import FEATURE_SPEC, load_embedding
from genretagger.training.network import Recipe, fit
from genretagger.training.train import manifest_of

QUICK = Recipe(n_members=2, n_hidden=16, n_epochs=2, n_views=1)
OVERFIT = Recipe(
    n_members=1, n_hidden=64, input_dropout=0, hidden_dropout=0, n_epochs=60, n_views=0
)


@pytest.fixture(scope="module")
def embedding():
    return load_embedding()


@pytest.fixture(scope="module")
def table(small_table):
    return load_table(small_table, needs=(PENULTIMATE,))


@pytest.fixture(scope="module")
def classifier(table):
    return fit(table.arrays[PENULTIMATE], table.labels, n_genres=10, recipe=OVERFIT, seed=0)


@pytest.fixture(scope="module")
def files(embedding, classifier):
    return model_files(embedding=embedding, classifier=classifier, banks=filterbanks(FEATURE_SPEC))


@pytest.fixture(scope="module")
def folder(files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "new"
    manifest = manifest_of(checksums(files), trained_on="a test")
    write_folder(folder, files=files, manifest=manifest, texts={"LICENSES": "text"})
    return folder


def test_the_written_folder_is_a_model(folder, files):
    model = Model.load(folder)
    assert model.manifest == manifest_of(checksums(files), trained_on="a test")
    assert model.manifest.genres == GENRES
    assert not model.manifest.calibrated


def test_litert_hears_what_keras_hears(folder, embedding):
    patches = np.random.default_rng(0).uniform(0, 4, (3, 187, 96)).astype(np.float32)
    expected = embedding.predict(patches, verbose=0)

    logits, penultimate = Model.load(folder).embed(patches)

    np.testing.assert_allclose(logits, expected["logits"], atol=1e-4)
    np.testing.assert_allclose(penultimate, expected["penultimate"], atol=1e-4)


def test_litert_judges_as_keras_judges(folder, classifier, table):
    model = Model.load(folder)
    rows = table.arrays[PENULTIMATE][::7]
    expected = classifier.predict(over_time(rows), verbose=0)["scores"]
    for row, scores in zip(rows, expected, strict=True):
        outputs = SegmentOutputs(
            np.arange(10, dtype=np.float32), np.zeros((10, 50), np.float32), row
        )
        by_genre = {item.genre: item.score for item in model.classify(outputs).scores}
        np.testing.assert_allclose([by_genre[g] for g in GENRES], scores, atol=1e-4)


def test_the_classifier_can_learn_what_it_is_shown(classifier, table):
    scores = classifier.predict(over_time(table.arrays[PENULTIMATE]), verbose=0)["scores"]
    np.testing.assert_allclose(scores.sum(axis=1), 1, atol=1e-5)
    assert np.array_equal(scores.argmax(axis=1), table.labels)


def test_the_same_seed_gives_the_same_bytes(table):
    def trained(seed):
        network = fit(table.arrays[PENULTIMATE], table.labels, n_genres=10, recipe=QUICK, seed=seed)
        return to_tflite(network, input_name="activations")

    assert trained(1) == trained(1)


def test_held_out_artists_are_recognised_where_genres_are_easy(table):
    training, held_out = next(folds(table))
    fold = hold_out(table, training=training, held_out=held_out, recipe=OVERFIT, seed=0)
    assert fold.segments.shape == (len(held_out), 10, 10)
    assert fold.metrics(table.labels).accuracy == 1
    assert "| accuracy | 1.000 (folds 1.000 to 1.000) |" in report((fold,), table.labels)


def test_the_shipped_embedding_is_the_published_one(embedding):
    patches = np.random.default_rng(1).uniform(0, 4, (2, 187, 96)).astype(np.float32)
    logits, _ = Model.load(default_model_folder()).embed(patches)
    expected = embedding.predict(patches, verbose=0)["logits"]
    np.testing.assert_allclose(logits, expected, atol=1e-4)


def test_the_shipped_folder_is_small_and_carries_its_licences():
    folder = default_model_folder()
    assert sum(path.stat().st_size for path in folder.iterdir()) < 10_000_000
    licences = (folder / "LICENSES").read_text(encoding="utf-8")
    for part in ("GPL-3.0-or-later", "Pons", "Permission to use, copy, modify", "GTZAN"):
        assert part in licences
    assert "not calibrated yet" in (folder / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_the_shipped_filterbanks_are_those_of_librosa():
    shipped = Model.load(default_model_folder()).filterbanks
    expected = filterbanks(FEATURE_SPEC)
    assert shipped.keys() == expected.keys()
    for name, values in expected.items():
        np.testing.assert_array_equal(shipped[name], values)


@pytest.mark.gtzan
def test_the_rebuilt_network_gives_the_stored_outputs(gtzan, embedding):
    samples, rate_hz = soundfile.read(gtzan / "clips/blues/blues.00000.flac", dtype="float32")
    samples = librosa.resample(samples, orig_sr=rate_hz, target_sr=16_000)
    bank = filterbanks(FEATURE_SPEC)[LOG_MEL]
    patches = segments(samples, spec=FEATURE_SPEC, filterbank=bank)
    found = embedding.predict(patches, verbose=0)
    with np.load(gtzan / "gtzan_dev_embeddings.npz") as stored:
        row = stored["clip"].tolist().index("blues.00000")
        np.testing.assert_allclose(found["logits"], stored["msd_logits"][row], atol=1e-4)
        np.testing.assert_allclose(found["penultimate"], stored["msd_penultimate"][row], atol=5e-3)
