"""The store remembers what was read and heard, and is never in the way."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from genretagger.core.errors import StoreError
from genretagger.core.predictions import (
    BetaCalibration,
    FeatureSpec,
    GenreScore,
    Level,
    ModelManifest,
    Prediction,
    SegmentOutputs,
    SegmentScores,
    StyleScore,
    Threshold,
    Unsure,
)
from genretagger.core.tracks import FileStamp, TagReading
from genretagger.library.store import Store
from genretagger.library.stored_values import (
    decode_prediction,
    decode_verdict,
    encode_prediction,
)
from tests.helpers.waiting import LIMIT_S

ROOT = Path(__file__).resolve().parents[2]
STAMP = FileStamp(1, 2, 3, 4, 5)
TAGS = TagReading("flac", "T\udcff", "A", "B", "C", ("Rock", "Pop"), 12.5)
PREDICTION = Prediction(
    genre="rock",
    confidence=0.75,
    scores=(GenreScore("rock", 0.75), GenreScore("pop", 0.25)),
    hints=(GenreScore("indie", 0.4),),
    unsure=Unsure.LOW_CONFIDENCE,
    level=Level.MEDIUM,
    model_id="model-1",
    segments=(SegmentScores(0.0, (0.75, 0.25)),),
    styles=(StyleScore("punk", 0.71, is_proven=False),),
)
MANIFEST = ModelManifest(
    model_id="model-1",
    embedding_id="embedding-1",
    genres=("rock", "pop"),
    tags=("a", "b", "c"),
    hints=(("a", 0.2),),
    styles=(),
    n_units=4,
    feature_spec=FeatureSpec(16000, 512, 256, 96, 187, 10000.0, 10, 2, -17.4),
    temperature=1.0,
    calibrated=False,
    segment_weight=0.4,
    focus=2.0,
    beta=BetaCalibration(1.0, 1.0, 0.0),
    high=Threshold(0.9, 0.95, 0.5),
    medium=Threshold(0.6, 0.8, 0.9),
    unsure_below=0.5,
    least_support=0.3,
    unfamiliar_above=90.0,
    music_above=0.0,
    outside_above=0.0,
    sha256=(),
    trained_on="",
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "new folder" / "store.sqlite"


def outputs(n_segments=2):
    rng = np.random.default_rng(0)
    return SegmentOutputs(
        np.arange(n_segments, dtype=np.float32),
        rng.normal(size=(n_segments, 3)).astype(np.float32),
        rng.normal(size=(n_segments, 4)).astype(np.float32),
    )


def test_everything_comes_back_after_reopening(path):
    with Store.open(path) as store:
        store.put_tags(STAMP, TAGS)
        store.put_hearing_key(STAMP, "abc")
        store.put_outputs("abc", MANIFEST, outputs())
        store.put_prediction("abc", PREDICTION)
    with Store.open(path) as store:
        assert store.tags(STAMP) == TAGS
        assert store.hearing_key(STAMP) == "abc"
        assert store.prediction("abc", "model-1") == PREDICTION
        back = store.outputs("abc", MANIFEST)
    assert back is not None
    assert np.array_equal(back.starts_s, outputs().starts_s)
    assert np.allclose(back.logits, outputs().logits, atol=2e-3)
    assert np.allclose(back.penultimate, outputs().penultimate, atol=2e-3)


def test_a_prediction_of_before_the_styles_has_none():
    stored = json.loads(encode_prediction(PREDICTION))
    assert stored.pop("styles") == [{"style": "punk", "confidence": 0.71, "is_proven": False}]
    old = replace(PREDICTION, styles=())
    assert decode_prediction(json.dumps(stored)) == old
    assert decode_verdict(json.dumps(stored)) == replace(old, segments=())
    assert decode_verdict(encode_prediction(PREDICTION)) == replace(PREDICTION, segments=())


def test_what_is_not_known_is_none(path):
    with Store.open(path) as store:
        assert store.tags(STAMP) is None
        assert store.hearing_key(STAMP) is None
        assert store.outputs("abc", MANIFEST) is None
        assert store.prediction("abc", "model-1") is None
        store.put_tags(STAMP, TAGS)
        assert store.hearing_key(STAMP) is None


def test_new_tags_of_a_known_file_keep_its_digest(path):
    with Store.open(path) as store:
        store.put_tags(STAMP, TAGS)
        store.put_hearing_key(STAMP, "abc")
        store.put_tags(STAMP, TagReading("flac"))
        assert store.hearing_key(STAMP) == "abc"


@pytest.mark.parametrize("field", ["track_number", "year", "bitrate_bps"])
def test_tags_that_were_read_by_a_version_that_knew_less_are_read_again(path, field):
    with Store.open(path) as store:
        store.put_tags(STAMP, TAGS)
        store.put_hearing_key(STAMP, "abc")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE files SET tags = json_remove(tags, ?)", (f"$.{field}",))
    connection.commit()
    connection.close()
    with Store.open(path) as store:
        assert store.tags(STAMP) is None
        assert list(store.all_tags()) == [("abc", TAGS)]


def test_what_was_heard_while_silence_counted_as_music_is_heard_again(path):
    with Store.open(path) as store:
        store.put_tags(STAMP, TAGS)
        store.put_outputs("abc", MANIFEST, replace(outputs(), duration_s=30.0))
        store.put_prediction("abc", PREDICTION)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA user_version = 2")
    with Store.open(path) as store:
        assert store.tags(STAMP) == TAGS
        assert store.outputs("abc", MANIFEST) is None
        assert store.prediction("abc", "model-1") is None
        assert store.file(STAMP, model_id="model-1") == (TAGS, None, None, None)


def test_what_the_version_before_the_quarantine_heard_is_kept(path):
    with Store.open(path) as store:
        store.put_tags(STAMP, TAGS)
        store.put_hearing_key(STAMP, "abc")
        store.put_outputs("abc", MANIFEST, replace(outputs(), duration_s=30.0))
        store.put_prediction("abc", PREDICTION)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript("DROP TABLE quarantine; PRAGMA user_version = 3")
    with Store.open(path) as store:
        assert store.quarantined(STAMP) is None
        assert store.hearing_key(STAMP) == "abc"
        assert store.has_outputs("abc", MANIFEST)
        assert store.prediction("abc", "model-1") == PREDICTION
        found = store.file(STAMP, model_id="model-1")
        assert found == (TAGS, "abc", replace(PREDICTION, segments=()), 30.0)
        assert store.file(STAMP, model_id="model-2") == (TAGS, "abc", None, 30.0)


def test_a_file_is_in_quarantine_until_it_changes_or_is_released(path):
    with Store.open(path) as store:
        store.quarantine(STAMP, "decoder-hung")
        store.quarantine(STAMP, "decoder-crashed")
    with Store.open(path) as store:
        assert store.quarantined(STAMP) == "decoder-crashed"
        assert store.quarantined(replace(STAMP, mtime_ns=STAMP.mtime_ns + 1)) is None
        store.quarantine(STAMP, None)
        assert store.quarantined(STAMP) is None


def test_unsigned_inode_numbers_fit(path):
    stamp = FileStamp(2**64 - 1, 2**63, 3, 4, 5)
    with Store.open(path) as store:
        store.put_tags(stamp, TAGS)
        assert store.tags(stamp) == TAGS


def test_a_newer_store_is_left_alone(path):
    with Store.open(path):
        pass
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer Genretagger"), Store.open(path):
        pass


def test_a_damaged_store_is_one_sentence(path):
    path.parent.mkdir()
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="may be deleted"), Store.open(path):
        pass


def test_a_folder_that_cannot_be_made_is_named_with_what_to_do(tmp_path):
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "genretagger"
    sentence = rf"folder {folder} \(Not a directory\); .* variable GENRETAGGER_HOME"
    with pytest.raises(StoreError, match=sentence), Store.open(folder / "store.sqlite"):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="a folder that even root cannot write to")
def test_a_folder_that_cannot_be_written_is_named_with_what_to_do():
    sentence = r"folder /proc \(.+\); .* variable GENRETAGGER_HOME"
    with pytest.raises(StoreError, match=sentence), Store.open(Path("/proc/store.sqlite")):
        pass


def test_a_store_that_is_a_folder_may_be_deleted(path):
    path.mkdir(parents=True)
    with pytest.raises(StoreError, match="may be deleted"), Store.open(path):
        pass


def test_two_stores_may_be_open_at_once(path):
    with Store.open(path) as one, Store.open(path) as two:
        one.put_tags(STAMP, TAGS)
        two.put_prediction("abc", PREDICTION)
        assert two.tags(STAMP) == TAGS
        assert one.prediction("abc", "model-1") == PREDICTION


def test_a_row_of_another_version_is_as_if_it_were_not_there(path):
    with Store.open(path) as store:
        store.put_tags(STAMP, TAGS)
        store.put_prediction("abc", PREDICTION)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE files SET tags = '{\"colour\": 3}'")
        connection.execute("UPDATE predictions SET prediction = '[]'")
    with Store.open(path) as store:
        assert store.tags(STAMP) is None
        assert store.prediction("abc", "model-1") is None


OPEN_BOTH = """
import sys
from pathlib import Path
from genretagger.library.decision_store import DecisionStore
from genretagger.library.store import Store
from genretagger.library.stored_values import (
    decode_prediction,
    decode_verdict,
    encode_prediction,
)
folder = Path(sys.argv[1])
sys.stdin.read(1)  # all start at the same moment
with Store.open(folder / "store.sqlite"):
    DecisionStore(folder / "session.sqlite").close()
"""


def test_processes_that_start_at_once_all_open_their_files(tmp_path):
    for turn in range(5):
        folder = tmp_path / str(turn)
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", OPEN_BOTH, folder],
                stdin=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
            )
            for _ in range(4)
        ]
        for process in processes:
            process.stdin.write(b"x")
            process.stdin.flush()
        for process in processes:
            _, errors = process.communicate(timeout=LIMIT_S)
            assert (process.returncode, errors) == (0, b"")


def test_what_is_put_in_a_group_is_there_for_others_after_it(tmp_path):
    path = tmp_path / "store.sqlite"
    with Store.open(path) as store, Store.open(path) as other:
        with store.grouped():
            store.put_tags(STAMP, TagReading("flac"))
            assert store.tags(STAMP) == TagReading("flac")
            assert other.tags(STAMP) is None
        assert other.tags(STAMP) == TagReading("flac")


def test_an_error_in_a_group_keeps_what_was_put_before(tmp_path):
    path = tmp_path / "store.sqlite"
    with Store.open(path) as store, Store.open(path) as other:
        with pytest.raises(ZeroDivisionError), store.grouped():  # noqa: PT012 - put, then raise
            store.put_tags(STAMP, TagReading("flac"))
            raise ZeroDivisionError
        assert other.tags(STAMP) == TagReading("flac")


# Another embedding

OTHER = replace(MANIFEST, model_id="model-2", embedding_id="embedding-2")


def test_outputs_of_an_embedding_are_never_those_of_another_one(path):
    other_plan = replace(
        MANIFEST, feature_spec=replace(MANIFEST.feature_spec, max_segments=MANIFEST.n_units)
    )
    with Store.open(path) as store:
        store.put_outputs("abc", MANIFEST, outputs())
        assert not store.has_other_outputs("abc", MANIFEST)
        for manifest in (OTHER, other_plan):
            assert store.outputs("abc", manifest) is None
            assert not store.has_outputs("abc", manifest)
            assert store.has_other_outputs("abc", manifest)
        assert not store.has_other_outputs("unheard", OTHER)


def test_outputs_go_when_another_embedding_has_heard_the_same_audio(path):
    with Store.open(path) as store:
        for key in ("abc", "waits"):
            store.put_outputs(key, MANIFEST, outputs())
            store.put_prediction(key, PREDICTION)
        store.put_outputs("abc", OTHER, outputs(3))
        store.put_prediction("abc", replace(PREDICTION, model_id="model-2"))
    with Store.open(path) as store:
        assert store.heard_keys(OTHER) == {"abc": True, "waits": False}
        assert store.heard_keys(MANIFEST) == {"abc": False, "waits": True}
        assert len(store.outputs("abc", OTHER).starts_s) == 3
        assert store.outputs("abc", MANIFEST) is None
        assert store.prediction("abc", "model-1") is None
        assert store.prediction("waits", "model-1") == PREDICTION


def test_a_prediction_of_another_model_is_never_shown_as_one_of_this(path):
    with Store.open(path) as store:
        store.put_tags(STAMP, TAGS)
        store.put_hearing_key(STAMP, "abc")
        store.put_outputs("abc", MANIFEST, outputs())
        store.put_prediction("abc", PREDICTION)
        assert store.prediction("abc", "model-2") is None
        assert store.file(STAMP, model_id="model-2").prediction is None


def test_the_store_does_not_grow_while_all_is_heard_again(path):
    heard = SegmentOutputs(
        np.zeros(10, np.float32), np.zeros((10, 3), np.float32), np.zeros((10, 400), np.float32)
    )
    manifests = [replace(manifest, n_units=400) for manifest in (MANIFEST, OTHER)]
    keys = [f"{number:064d}" for number in range(400)]
    sizes_bytes = []
    for manifest in manifests:
        with Store.open(path) as store:
            for start in range(0, len(keys), 100):
                with store.grouped():
                    for key in keys[start : start + 100]:
                        store.put_outputs(key, manifest, heard)
                        store.put_prediction(key, replace(PREDICTION, model_id=manifest.model_id))
        sizes_bytes.append(path.stat().st_size)
    before, after = sizes_bytes
    assert before > 400 * 8000
    # The outputs of one group are there twice, until it is committed.
    assert after < before * 1.35
