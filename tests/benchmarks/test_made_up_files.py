"""Many small files: all different, all real, all heard at no cost."""

from __future__ import annotations

import threading

from benchmarks.made_up_files import fill_store, make_files
from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.analysis.workers import hear
from genretagger.core.events import Failure, TrackAnalysed
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.library.scan import scan
from genretagger.library.store import Store
from genretagger.pipeline import Context, analyse
from genretagger.tagging import containers
from genretagger.tagging.digest import hearing_key_of

N_FILES = 30


def test_each_file_has_audio_and_tags_of_its_own(tmp_path):
    paths = make_files(tmp_path, n_files=N_FILES)
    keys = [hearing_key_of(path, container="mp3") for path in paths]
    assert len({key for key, _ in keys}) == N_FILES
    assert {damage for _, damage in keys} == {None}
    tags = [containers.read(path) for path in paths]
    assert [reading.title for reading in tags] == [f"title {n:06}" for n in range(N_FILES)]
    assert len({reading.album for reading in tags}) == 3
    assert {reading.read_only for reading in tags} == {None}


def test_they_are_heard_alike(tmp_path):
    model = Model.load(default_model_folder())
    first, *_, last = make_files(tmp_path, n_files=N_FILES)
    scores = [model.classify(hear(path, model=model)).scores for path in (first, last)]
    assert scores[0] == scores[1]


def test_a_filled_store_knows_the_verdict_on_each(tmp_path):
    make_files(tmp_path / "music", n_files=N_FILES)
    folders = UserFolders(tmp_path / "home")
    with Store.open(folders.store) as store:
        fill_store(store, list(scan([tmp_path / "music"], store=store)))
    context = Context(folders, Settings())
    events = list(analyse([tmp_path / "music"], context=context, cancel=threading.Event()))
    verdicts = [event for event in events if isinstance(event, TrackAnalysed)]
    assert not [event for event in events if isinstance(event, Failure)]
    assert len(verdicts) == N_FILES
    assert all(verdict.cached and verdict.prediction.unsure is None for verdict in verdicts)
