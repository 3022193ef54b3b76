"""The embedding as it is shipped: the outputs of its two parts, and a record that belongs to it."""

from __future__ import annotations

import shutil

import keras
import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter

from genretagger.analysis.manifest import EMBEDDING_FILE
from genretagger.training.model import musicnn
from genretagger.training.model.back_end import read_back_end
from genretagger.training.model.embedding import (
    RECORD_FILE,
    EmbeddingError,
    StudiedAudio,
    read_embedding,
)
from genretagger.training.model.pruning import build_front
from genretagger.training.student.embedding import write_embedding
from genretagger.training.student.network import build_network, finish


@pytest.fixture(scope="module")
def published():
    return musicnn.load_embedding()


@pytest.fixture(scope="module")
def student(published, targets):
    """Return a student that has not learned: musicnn, with a head of chance for the tags."""
    keras.utils.set_random_seed(0)
    network = build_network(
        build_front(published), read_back_end(published), n_whole=180, n_thirds=101, dropout=0.2
    )
    return finish(network, targets=targets)


@pytest.fixture(scope="module")
def write(student, tags, recordings, tmp_path_factory):
    def make(*, alone=False):
        folder = tmp_path_factory.mktemp("embedding")
        record = write_embedding(
            student,
            folder,
            tags=tags.names,
            recordings=recordings,
            n_excerpts=240,
            n_passes=40,
            seed=7,
            alone=alone,
        )
        return folder, record

    return make


@pytest.fixture(scope="module")
def written(write):
    return write()


@pytest.fixture(scope="module")
def written_alone(write):
    return write(alone=True)


@pytest.fixture(scope="module")
def segments():
    return np.random.default_rng(0).uniform(0, 2, (3, 187, 96)).astype(np.float32)


def run_graph(content, segments):
    runner = Interpreter(model_content=content).get_signature_runner("serve")
    outputs = [runner(log_mel=segment[np.newaxis]) for segment in segments]
    return {name: np.concatenate([one[name] for one in outputs]) for name in outputs[0]}


def test_the_graph_gives_the_outputs_of_musicnn_and_behind_them_the_student(
    written, published, student, segments
):
    outputs = run_graph((written[0] / EMBEDDING_FILE).read_bytes(), segments)
    first, ours = published(segments), student.apply(build_front(published)(segments))
    assert outputs.keys() == {"logits", "penultimate"}
    for name, values in outputs.items():
        expected = np.concatenate([first[name], ours[name]], axis=1)
        np.testing.assert_allclose(values, expected, atol=5e-5)


def test_the_student_can_be_shipped_alone(written_alone, published, student, segments, tags):
    folder, record = written_alone
    outputs = run_graph((folder / EMBEDDING_FILE).read_bytes(), segments)
    for name, values in student.apply(build_front(published)(segments)).items():
        np.testing.assert_allclose(outputs[name], values, atol=5e-5)
    assert record.tags == tags.names
    assert record.n_units == 200
    assert record.embedding_id.startswith("student-")


def test_the_record_says_what_the_graph_gives_and_what_made_it(written, tags):
    folder, record = written
    read = read_embedding(folder)
    assert read.record == record
    assert read.graph == (folder / EMBEDDING_FILE).read_bytes()
    assert record.tags == (*musicnn.TAGS, *tags.names)
    assert record.n_units == 200 + 200
    assert record.feature_spec == musicnn.FEATURE_SPEC
    assert (record.n_passes, record.seed, record.hours_heard) == (40, 7, 2.0)
    assert record.audio == (
        StudiedAudio("clip", 4, 0.01),
        StudiedAudio("cut", 1, 0.0),
        StudiedAudio("noise", 1, 0.0),
    )
    assert record.embedding_id == f"musicnn-student-{record.sha256[:8]}"


def test_the_same_student_makes_the_same_files(written_alone, write):
    again, _ = write(alone=True)
    for name in (EMBEDDING_FILE, RECORD_FILE):
        assert (again / name).read_bytes() == (written_alone[0] / name).read_bytes()


@pytest.mark.parametrize("name", [EMBEDDING_FILE, RECORD_FILE])
def test_a_changed_or_missing_file_is_refused(written_alone, name, tmp_path):
    path = shutil.copytree(written_alone[0], tmp_path / "embedding") / name
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(EmbeddingError, match=r"The embedding in .+ cannot be used"):
        read_embedding(path.parent)
    path.unlink()
    with pytest.raises(EmbeddingError, match=r"The embedding in .+ cannot be used"):
        read_embedding(path.parent)
