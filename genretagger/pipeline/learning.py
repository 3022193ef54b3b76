"""Learns a personal classifier from heard tracks with genres."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from genretagger.analysis.manifest import default_model_folder, load_manifest
from genretagger.analysis.personal.classifier import PersonalClassifier, features_of
from genretagger.core.errors import PersonalError
from genretagger.core.events import Failure, Progress, Stage
from genretagger.core.personal import ClassifierReport, Example
from genretagger.core.predictions import ModelManifest
from genretagger.core.tracks import TagReading
from genretagger.core.vocabulary import vocabulary
from genretagger.library.classifier_store import ClassifierStore
from genretagger.library.decision_store import DecisionStore
from genretagger.library.leaving_out import LeftOutNames
from genretagger.library.scan import scan
from genretagger.library.store import Store
from genretagger.library.training_labels import LabelledTrack, label_tracks
from genretagger.pipeline.context import Context, check
from genretagger.pipeline.personal import personal_classifiers

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """The result of a training; not in use yet.

    n_unheard : tracks with a genre that were not heard yet, and so not learned from
    is_saved : False if its genres do not follow the sound; `save_learned` saves it anyway
    """

    name: str
    classifier: PersonalClassifier
    n_unheard: int
    is_saved: bool

    @property
    def report(self) -> ClassifierReport:
        """The figures measured on artists that were not learned from."""
        return self.classifier.report


@dataclass(frozen=True, slots=True)
class HeardAgain:
    """How far the tracks that a classifier of another embedding can be learned from are heard.

    n_tracks : tracks with one of its genres that any embedding heard
    n_heard : those of them that the bundled embedding heard
    """

    n_heard: int
    n_tracks: int

    @property
    def is_enough(self) -> bool:
        """Whether to offer to learn again: with less than half, rare genres would be lost."""
        return 0 < self.n_tracks <= 2 * self.n_heard


def heard_again(*, context: Context) -> dict[str, HeardAgain]:
    """Return for each classifier that is set aside, by name, how far its tracks are heard.

    Raises
    ------
    StoreError
        Results or decisions cannot be read.
    """
    set_aside = [own for own in personal_classifiers(context=context) if own.is_set_aside]
    if not set_aside:
        return {}
    with Store.open(context.folders.store) as store:
        is_heard = store.heard_keys(load_manifest(default_model_folder()))
        tracks = _labelled(store.all_tags(), context)
    tracks = [track for track in tracks if track.hearing_key in is_heard]
    answer = {}
    for own in set_aside:
        genres = [genre.genre for genre in own.report.genres] if own.report else []
        heard = [is_heard[track.hearing_key] for track in _only(tracks, genres)]
        answer[own.name] = HeardAgain(sum(heard), len(heard))
    return answer


def learn(
    name: str,
    paths: Sequence[Path] = (),
    *,
    context: Context,
    cancel: threading.Event,
    anyway: bool = False,
    again: bool = False,
) -> Generator[Progress | Failure | LeftOutNames | Learned, None, None]:
    """Learn the genres of the tracks at or below `paths`, by default of all tracks ever heard.

    Genres that the user accepted count more than tags. Nothing is heard, and the classifier is not
    used yet. The last event is a Learned, saved as `name`, over an older one, if its genres follow
    the sound, or `anyway`. With `again`, only the genres of that older one are learned. The scan of
    `paths` gives a Failure for each unreadable path, and LeftOutNames.

    Raises
    ------
    PersonalError
        There are too few examples, the name is invalid, or there is nothing to learn `again`.
    StoreError
        Results or decisions cannot be read.
    Cancelled
        `cancel` was set; nothing was saved.
    """
    from genretagger.analysis.personal.train import Training

    store = ClassifierStore(context.folders.personal)
    store.path(name)
    manifest = load_manifest(default_model_folder())
    gathering = _Gathering(context, manifest, store.load(name).genres if again else None)
    yield from gathering.run(paths, cancel=cancel)
    training = Training(
        gathering.examples,
        embedding_id=manifest.embedding_id,
        plan_id=manifest.feature_spec.plan_id,
    )
    yield Progress(Stage.LEARN, 0, training.n_steps)
    for n_done in training.steps():
        check(cancel)
        yield Progress(Stage.LEARN, n_done, training.n_steps)
    check(cancel)
    classifier = training.classifier
    is_saved = classifier.report.follows_sound or anyway
    if is_saved:
        store.save(name, classifier, replace=True)
    _LOG.info("learned %d genres of %d tracks", len(classifier.genres), classifier.report.n_tracks)
    yield Learned(name, classifier, gathering.n_unheard, is_saved)


def save_learned(learned: Learned, *, context: Context) -> None:
    """Save a classifier by its name although its genres do not follow the sound.

    Raises
    ------
    PersonalError
        The file cannot be written.
    """
    ClassifierStore(context.folders.personal).save(learned.name, learned.classifier, replace=True)


class _Gathering:
    """Finds the examples: `run` does the work, then `examples` and `n_unheard` hold the result.

    Parameters
    ----------
    genres : Collection of str or None
        The only genres to learn, in any spelling; None for all.
    """

    def __init__(
        self, context: Context, manifest: ModelManifest, genres: Collection[str] | None
    ) -> None:
        self._context = context
        self._manifest = manifest
        self._genres = genres
        self._tags: list[tuple[str, TagReading]] = []
        self.examples: list[Example] = []
        self.n_unheard = 0

    def run(
        self, paths: Sequence[Path], *, cancel: threading.Event
    ) -> Iterator[Progress | Failure | LeftOutNames]:
        """Yield progress, failures and the names left out.

        Raises
        ------
        PersonalError
            Tracks have genres, but none of them was heard.
        """
        with Store.open(self._context.folders.store) as store:
            if paths:
                yield from self._scan(paths, store=store, cancel=cancel)
            else:
                self._tags = list(store.all_tags())
            yield from self._read(store, cancel=cancel)
        if self.n_unheard and not self.examples:
            raise PersonalError("personal-unheard", n=self.n_unheard)

    def _scan(
        self, paths: Sequence[Path], *, store: Store, cancel: threading.Event
    ) -> Iterator[Progress | Failure | LeftOutNames]:
        skip_hidden = self._context.settings.skip_hidden_folders
        scanned = scan(paths, store=store, skip_hidden=skip_hidden, cancel=cancel)
        for n_items, item in enumerate(scanned, 1):
            if isinstance(item, Failure | LeftOutNames):
                yield item
                continue
            key = store.hearing_key(item.stamp)
            if key is not None:
                self._tags.append((key, item.tags))
            elif item.tags.genres:
                self.n_unheard += 1
            yield Progress(Stage.SCAN, n_items, 0)

    def _read(self, store: Store, *, cancel: threading.Event) -> Iterator[Progress]:
        tracks = _labelled(self._tags, self._context)
        if self._genres is not None:
            tracks = _only(tracks, self._genres)
        for n_done, track in enumerate(tracks, 1):
            check(cancel)
            outputs = store.outputs(track.hearing_key, self._manifest)
            if outputs is None:
                self.n_unheard += 1
            else:
                features = features_of(outputs)
                self.examples.append(
                    Example(features, track.genre, track.group, track.knows_artist)
                )
            yield Progress(Stage.READ, n_done, len(tracks))


def _labelled(tags: Iterable[tuple[str, TagReading]], context: Context) -> list[LabelledTrack]:
    """Return the tracks with a genre, by decision or tags."""
    return label_tracks(
        tags, accepted=_accepted(context), separator=context.settings.id3v23_separator
    )


def _only(tracks: Sequence[LabelledTrack], genres: Collection[str]) -> list[LabelledTrack]:
    """Return the tracks with one of `genres`, in any spelling."""
    key = vocabulary().key
    wanted = {key(genre) for genre in genres}
    return [track for track in tracks if key(track.genre) in wanted]


def _accepted(context: Context) -> dict[str, tuple[str, ...]]:
    path = context.folders.session
    if not path.exists():
        return {}
    with closing(DecisionStore(path)) as session:
        return session.accepted()
