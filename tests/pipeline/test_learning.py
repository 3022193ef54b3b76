"""Learning from a library, and using what was learned beside or instead of the ten genres."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from genretagger import pipeline
from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder, load_manifest
from genretagger.core.errors import Cancelled, PersonalError
from genretagger.core.events import (
    ClassifierSetAside,
    Failure,
    Progress,
    Stage,
    TrackAnalysed,
)
from genretagger.core.predictions import Unsure
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.core.settings_file import load_settings, save_settings
from genretagger.core.tracks import TagReading
from genretagger.core.writes import Action, Decision
from genretagger.library.decision_store import DecisionStore, StoredDecision
from genretagger.library.store import Store
from tests.helpers.classifier_library import fill, outputs, put
from tests.helpers.model_update import update_model
from tests.helpers.samples import encode


@pytest.fixture
def context(home):
    return pipeline.Context(UserFolders(home), Settings(jobs=1))


def current(context):
    """Return `context` with the settings as they are saved now."""
    return replace(context, settings=load_settings(context.folders.settings))


def learn(context, name="Mine", paths=(), **named):
    return list(pipeline.learn(name, paths, context=context, cancel=threading.Event(), **named))


def learned(context, *arguments, **named):
    event = learn(context, *arguments, **named)[-1]
    assert isinstance(event, pipeline.Learned)
    return event


def analyse(path, context, **named):
    events = pipeline.analyse([path], context=context, cancel=threading.Event(), **named)
    return [event for event in events if isinstance(event, TrackAnalysed | Failure)]


def names(context):
    return [one.name for one in pipeline.personal_classifiers(context=context)]


def test_a_library_is_learned_with_progress_and_saved_but_not_used(context, home):
    fill(home, genres=("Jazz", "Polka", "Zydeco"))
    *progress, event = learn(context)
    assert {type(one) for one in progress} == {Progress}
    assert progress[-1] == Progress(Stage.LEARN, 7, 7)
    assert [genre.genre for genre in event.report.genres] == ["Jazz", "Polka", "Zydeco"]
    assert event.report.accuracy > 0.9
    assert (event.is_saved, event.n_unheard) == (True, 0)
    (listed,) = pipeline.personal_classifiers(context=context)
    assert listed == pipeline.Personal("Mine", event.report, None, None)
    assert not context.folders.settings.exists()


def test_learning_again_replaces(context, home):
    fill(home)
    learned(context)
    fill(home, genres=("Zydeco",), seed=1)
    learned(context)
    report = pipeline.personal_report("Mine", context=context)
    assert [genre.genre for genre in report.genres] == ["Jazz", "Polka", "Zydeco"]
    assert [entry.name for entry in context.folders.personal.iterdir()] == ["Mine.npz"]


def test_accepted_genres_win_over_tags(context, home):
    digests = fill(home, genres=("Jazz", "Polka"))
    with_decisions = DecisionStore(context.folders.session)
    with_decisions.save(
        StoredDecision(digest, Path("/a"), Decision(Action.ACCEPT, ("Zydeco",)))
        for digest, genre in digests.items()
        if genre == "Polka"
    )
    with_decisions.close()
    assert [genre.genre for genre in learned(context).report.genres] == ["Jazz", "Zydeco"]


def test_only_the_paths_given_are_learned_from_and_the_unheard_are_counted(context, home, tmp_path):
    fill(home)
    encode(tmp_path / "a.flac", seconds=4, noise=0.2, metadata={"genre": "Rock"})
    with pytest.raises(PersonalError, match="none of 1 tracks with a genre was analysed yet"):
        learn(context, paths=[tmp_path / "a.flac"])
    analyse(tmp_path / "a.flac", context)
    with pytest.raises(PersonalError, match="All 1 tracks have one genre, Rock"):
        learn(context, paths=[tmp_path / "a.flac"])
    with Store.open(context.folders.store) as store:
        put(store, "unheard", TagReading("flac", "T", "A", "", "", ("Jazz",), 1.0))
    assert learned(context).n_unheard == 1


def test_an_empty_library_is_one_sentence(context):
    with pytest.raises(PersonalError, match="no track that was analysed has a genre"):
        learn(context)
    assert names(context) == []


def wrong(home):
    """Fill a store with tags that have nothing to do with the sound."""
    digests = fill(home, n_artists=12)
    with Store.open(home / "store.sqlite") as store:
        for number, digest in enumerate(digests):
            genre = ("Jazz", "Polka")[number // 3 % 2]
            artist = f"artist {number // 3}"
            tags = TagReading("flac", "T", artist, "", "", (genre,), 1.0)
            put(store, digest, tags, at=1)


def test_wrong_tags_are_not_kept_or_used_unless_asked_for(context, home):
    wrong(home)
    event = learned(context)
    assert (event.report.follows_sound, event.is_saved, names(context)) == (False, False, [])
    pipeline.save_learned(event, context=context)
    assert names(context) == ["Mine"]
    assert learned(context, "Forced", anyway=True).is_saved
    with pytest.raises(PersonalError, match="do not follow the sound"):
        pipeline.use_personal("Forced", context=context)
    settings = pipeline.use_personal("Forced", context=context, anyway=True)
    assert settings.personal_classifier == "Forced"


def test_a_stop_saves_nothing(context, home):
    fill(home)
    cancel = threading.Event()
    events = pipeline.learn("Mine", context=context, cancel=cancel)
    for event in events:
        if isinstance(event, Progress) and event.stage == "learn":
            cancel.set()
            break
    with pytest.raises(Cancelled):
        list(events)
    assert names(context) == []


@pytest.mark.parametrize("name", ["../x", "", "a/b", "CON", "a\0b"])
def test_no_name_leads_out_of_the_folder(context, home, name, tmp_path):
    fill(home)
    learned(context)
    file = tmp_path / "out.npz"
    pipeline.export_personal("Mine", file, context=context)
    for act in (
        lambda: learn(context, name),
        lambda: pipeline.personal_report(name, context=context),
        lambda: pipeline.use_personal(name, context=context),
        lambda: pipeline.delete_personal(name, context=context),
        lambda: pipeline.export_personal(name, tmp_path / "b", context=context),
        lambda: pipeline.import_personal(file, name, context=context),
    ):
        with pytest.raises(PersonalError, match="cannot be the name"):
            act()
    assert names(context) == ["Mine"]


def test_what_is_exported_is_imported_equal(context, home, tmp_path):
    fill(home)
    report = learned(context).report
    file = tmp_path / "Other.npz"
    pipeline.export_personal("Mine", file, context=context)
    with pytest.raises(PersonalError, match="exists already"):
        pipeline.export_personal("Mine", file, context=context)
    assert pipeline.import_personal(file, context=context) == "Other"
    assert pipeline.import_personal(file, "Third", context=context) == "Third"
    with pytest.raises(PersonalError, match="A personal classifier Third exists already"):
        pipeline.import_personal(file, "Third", context=context)
    assert pipeline.personal_report("Other", context=context) == report
    files = {path.read_bytes() for path in context.folders.personal.iterdir()}
    assert files == {file.read_bytes()}


def test_what_another_model_heard_is_refused(context, home, tmp_path):
    fill(home)
    other = replace(learned(context).classifier, embedding_id="another")
    pipeline.save_learned(pipeline.Learned("Mine", other, 0, is_saved=False), context=context)
    file = tmp_path / "a.npz"
    pipeline.export_personal("Mine", file, context=context)
    with pytest.raises(PersonalError, match='personal learn "Mine" --again learns it again'):
        pipeline.use_personal("Mine", context=context)
    with pytest.raises(PersonalError, match="somebody else must come from the same version"):
        pipeline.import_personal(file, "b", context=context)
    (listed,) = pipeline.personal_classifiers(context=context)
    assert listed.is_set_aside
    assert listed.report == other.report


def test_a_damaged_one_is_listed_named_and_can_be_deleted(context, home):
    fill(home)
    learned(context)
    (context.folders.personal / "Mine.npz").write_bytes(b"damaged")
    (listed,) = pipeline.personal_classifiers(context=context)
    assert (listed.name, listed.report) == ("Mine", None)
    assert "is not a personal classifier, or is damaged" in str(listed.error)
    pipeline.delete_personal("Mine", context=context)
    with pytest.raises(PersonalError, match="There is no personal classifier Mine"):
        pipeline.delete_personal("Mine", context=context)


def test_using_leaves_the_other_settings_as_they_are(context, home):
    fill(home)
    learned(context)
    save_settings(context.folders.settings, Settings(jobs=3), unusable={"colour": "red"})
    pipeline.use_personal("Mine", context=context, instead=True)
    text = context.folders.settings.read_text()
    assert all(part in text for part in ('"jobs": 3', '"colour": "red"', '"own"', '"Mine"'))


@pytest.fixture
def in_use(context, home, tmp_path):
    """Return a function that analyses a track with the classifier beside or instead."""
    fill(home)
    learned(context)
    encode(tmp_path / "a.flac", seconds=4, noise=0.2)

    def run(*, instead, **named):
        pipeline.use_personal("Mine", context=context, instead=instead)
        (event,) = analyse(tmp_path / "a.flac", current(context), **named)
        return event

    return run


def test_beside_adds_and_instead_replaces_without_hearing_again(in_use, context, tmp_path):
    (alone,) = analyse(tmp_path / "a.flac", context)
    assert alone.personal is None
    beside = in_use(instead=False)
    assert beside.cached
    assert beside.prediction == alone.prediction
    assert beside.personal.genre in ("Jazz", "Polka")
    assert beside.personal.model_id.startswith("personal:Mine:")
    instead = in_use(instead=True)
    assert instead.cached
    assert instead.prediction == instead.personal == beside.personal
    pipeline.use_personal(None, context=context)
    (again,) = analyse(tmp_path / "a.flac", current(context))
    assert again == replace(alone, cached=True)


def test_a_track_is_heard_with_the_classifier_at_once(in_use):
    first = in_use(instead=True)
    assert not first.cached
    second = in_use(instead=True)
    assert second.cached
    assert second.prediction.genre == first.prediction.genre
    assert second.prediction.confidence == pytest.approx(first.prediction.confidence, abs=0.01)


def test_what_is_no_music_gets_no_genre_from_a_personal_classifier(in_use, monkeypatch):
    doubt = Unsure.NOT_MUSIC
    classify = Model.classify
    monkeypatch.setattr(
        Model, "classify", lambda *arguments: replace(classify(*arguments), unsure=doubt)
    )
    for instead in (False, True):
        event = in_use(instead=instead)
        assert event.personal.unsure is doubt
        assert event.prediction.unsure is doubt


def test_deleting_what_is_in_use_ends_its_use(in_use, context):
    in_use(instead=True)
    settings = pipeline.delete_personal("Mine", context=context)
    assert (settings.personal_classifier, settings.personal_use) == ("", "beside")
    assert load_settings(context.folders.settings) == settings


@pytest.mark.parametrize("content", [None, b"damaged"])
def test_a_classifier_that_vanished_is_one_failure_and_the_batch_goes_on(
    in_use, context, tmp_path, content
):
    in_use(instead=True)
    file = context.folders.personal / "Mine.npz"
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    failure, event = analyse(tmp_path / "a.flac", current(context))
    assert isinstance(failure, Failure)
    assert "Mine" in str(failure.error)
    assert event.personal is None
    assert event.prediction.model_id == Model.load(default_model_folder()).manifest.model_id


def test_the_levels_of_a_small_library_are_humble(context, home):
    fill(home, n_artists=3, n_tracks=5)
    event = learned(context, anyway=True)
    assert all(genre.few for genre in event.report.genres)
    assert event.report.high is None


# After an update that brings another embedding


def hear_again(context, digests):
    """Put what the bundled embedding says of tracks into the store, as an analysis does."""
    rng = np.random.default_rng(1)
    manifest = load_manifest(default_model_folder())
    centres = {genre: rng.normal(size=manifest.n_units) for genre in sorted({*digests.values()})}
    with Store.open(context.folders.store) as store:
        for digest, genre in digests.items():
            store.put_outputs(digest, manifest, outputs(rng, centres[genre]))


@pytest.fixture
def updated(context, home, tmp_path, monkeypatch):
    """Return the tracks that a classifier in use was learned from, before the update."""
    digests = fill(home, genres=("Jazz", "Polka"))
    learned(context)
    pipeline.use_personal("Mine", context=context, instead=True)
    update_model(tmp_path, monkeypatch, embedding_id="new-ear")
    return digests


def heard_again(context):
    return pipeline.heard_again(context=context)


@pytest.mark.usefixtures("updated")
def test_a_classifier_of_another_embedding_is_set_aside_and_stops_nothing(context, tmp_path):
    encode(tmp_path / "a.flac", seconds=4, noise=0.2)
    events = list(pipeline.analyse([tmp_path], context=current(context), cancel=threading.Event()))
    assert not [event for event in events if isinstance(event, Failure)]
    (told,) = [event for event in events if isinstance(event, ClassifierSetAside)]
    assert told.error.values == {"name": "Mine"}
    (heard,) = [event for event in events if isinstance(event, TrackAnalysed)]
    assert heard.personal is None
    assert heard.prediction.model_id == "new-model"
    started = pipeline.start(context.folders)
    assert not started.has_personal
    assert started.levels == started.classifier_levels.model, "the ten genres judge"
    started.decisions.close()


def test_it_can_be_learned_again_once_half_of_its_tracks_are_heard_again(updated, context):
    assert heard_again(context) == {"Mine": pipeline.HeardAgain(0, len(updated))}
    with pytest.raises(PersonalError, match="none of 60 tracks with a genre was analysed yet"):
        learn(context, again=True)
    few = dict(list(updated.items())[:20])
    hear_again(context, few)
    assert heard_again(context) == {"Mine": pipeline.HeardAgain(20, 60)}
    assert not heard_again(context)["Mine"].is_enough
    hear_again(context, updated)
    assert heard_again(context)["Mine"] == pipeline.HeardAgain(60, 60)
    assert heard_again(context)["Mine"].is_enough
    assert learned(context, again=True).is_saved
    assert heard_again(context) == {}
    own = pipeline.in_use(context=current(context))
    assert (own.name, own.is_instead) == ("Mine", True), "in use as before"
    assert own.classifier.embedding_id == "new-ear"


def test_learning_again_takes_the_same_genres_by_decision_or_tag(updated, context, home):
    extra = fill(home, genres=("Zydeco",), seed=3)
    first, *_ = updated
    with_decisions = DecisionStore(context.folders.session)
    with_decisions.save([StoredDecision(first, Path("/a"), Decision(Action.ACCEPT, ("zydeco",)))])
    with_decisions.close()
    hear_again(context, updated | extra)
    assert heard_again(context)["Mine"].n_tracks == 59
    report = learned(context, again=True).report
    assert [genre.genre for genre in report.genres] == ["Polka", "Jazz"]
    assert report.n_tracks == 59
    everything = learned(context, "All").report
    assert len(everything.genres) == 3


def test_the_old_file_stays_until_the_new_one_is_there(updated, context):
    file = context.folders.personal / "Mine.npz"
    old = file.read_bytes()
    with pytest.raises(PersonalError):
        learn(context, again=True)
    hear_again(context, updated)
    cancel = threading.Event()
    events = pipeline.learn("Mine", context=context, cancel=cancel, again=True)
    while next(events) != Progress(Stage.LEARN, 1, 7):
        pass
    cancel.set()
    with pytest.raises(Cancelled):
        list(events)
    assert file.read_bytes() == old
    learn(context, again=True)
    assert file.read_bytes() != old


def test_one_from_somebody_else_has_no_tracks_here_to_learn_it_from(updated, context, home):
    (context.folders.personal / "Theirs.npz").write_bytes(
        (context.folders.personal / "Mine.npz").read_bytes()
    )
    with Store.open(context.folders.store) as store:
        for digest in updated:
            put(store, digest, TagReading("flac", "T", "A", "", "", ("Bolero",), 1.0), at=1)
    assert heard_again(context)["Theirs"] == pipeline.HeardAgain(0, 0)
    assert not heard_again(context)["Theirs"].is_enough


def test_there_is_nothing_to_learn_again_where_there_is_no_classifier(context):
    with pytest.raises(PersonalError, match="There is no personal classifier Mine"):
        learn(context, again=True)
