"""Learns the user's own genres from mean activations. The only user of scikit-learn.

Fits an L2 logistic regression on standardised activations, and judges it by cross-validation over
artists (measurements: docs/manual/personal.md). Knows nothing of libraries.
"""

from __future__ import annotations

import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from genretagger.analysis.personal import metrics as measures
from genretagger.analysis.personal.classifier import PersonalClassifier
from genretagger.analysis.scoring import measure_scale, softmax
from genretagger.core.errors import PersonalError
from genretagger.core.personal import (
    ENOUGH_ARTISTS,
    LEAST_ARTISTS,
    LEAST_TRACKS,
    ClassifierReport,
    Example,
    GenreReport,
    LeftOutTracks,
)

MOST_GENRES: Final = 500
_MOST_LEFT_OUT: Final = 500  # genres listed in the report
_N_FOLDS: Final = 5
# Best of 0.0001 to 0.1 on GTZAN in cross-validation over artists: 0.81; 0.80 at 0.001 and 0.01.
_INVERSE_REGULARISATION: Final = 0.003
_MOST_ITERATIONS: Final = 200
_TOLERANCE: Final = 1e-2


class Training:
    """One training: iterating over `steps` does the work, then `classifier` is the result.

    Parameters
    ----------
    examples : sequence of Example
        The examples to learn from, each recording once.
    embedding_id, plan_id : str
        The embedding and the excerpt plan that the features come from.

    Raises
    ------
    PersonalError
        The examples are too few, or of only one genre or artist; the sentence says which.
    """

    def __init__(self, examples: Sequence[Example], *, embedding_id: str, plan_id: str) -> None:
        kept, self._left_out = _learnable(examples)
        self._ids = embedding_id, plan_id
        kept.sort(key=lambda e: (e.genre, e.group))  # the same library gives the same folds
        self._genres = [genre for genre, _ in _counted(kept)]
        number = {genre: i for i, genre in enumerate(self._genres)}
        self._rows = np.stack([example.features for example in kept]).astype(np.float64)
        self._labels = np.array([number[example.genre] for example in kept], np.intp)
        names = {name: i for i, name in enumerate(dict.fromkeys(e.group for e in kept))}
        self._groups = np.array([names[example.group] for example in kept], np.intp)
        self._n_without_artist = sum(not example.knows_artist for example in kept)
        self._n_folds = min(_N_FOLDS, len(names))
        self.n_steps = self._n_folds + 2
        self._result: PersonalClassifier | None = None

    @property
    def classifier(self) -> PersonalClassifier:
        """The learned classifier, available after the last of `steps`."""
        if self._result is None:
            raise RuntimeError("nothing is learned before the last step")
        return self._result

    def steps(self) -> Iterator[int]:
        """Do one step after the other; yield the number done, of `n_steps`, after each."""
        logits = np.zeros((len(self._labels), len(self._genres)))
        folds = list(self._folds())
        yield 1
        for done, (learned, judged) in enumerate(folds, 2):
            weights, bias = self._fit(learned)
            raw = self._rows[judged] @ weights.T + bias
            least = np.where(np.isfinite(raw), raw, np.inf).min(axis=1, keepdims=True)
            logits[judged] = np.maximum(raw, least)
            yield done
        report = self._report(logits)
        weights, bias = self._fit(np.arange(len(self._labels)))
        self._result = PersonalClassifier(
            (weights / report.temperature).astype(np.float32),
            (bias / report.temperature).astype(np.float32),
            *self._ids,
            report,
        )
        yield self.n_steps

    def _folds(self) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
        """Yield rows to learn from and rows to judge; no artist is in both."""
        from sklearn.model_selection import StratifiedGroupKFold

        splitter = StratifiedGroupKFold(self._n_folds, shuffle=True, random_state=0)
        with warnings.catch_warnings():
            # scikit-learn warns if a genre has fewer tracks than folds; it need not be in each.
            warnings.simplefilter("ignore", UserWarning)
            yield from splitter.split(self._labels[:, np.newaxis], self._labels, self._groups)

    def _fit(self, chosen: NDArray[np.intp]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return weights [shape=(n_genres, n_units)] and bias for unscaled activations.

        A genre without `chosen` rows has the bias minus infinity.
        """
        rows, labels = self._rows[chosen], self._labels[chosen]
        mean, scale = measure_scale(rows)
        slopes, offsets = _logistic((rows - mean) / scale, labels)
        weights = np.zeros((len(self._genres), rows.shape[1]))
        bias = np.full(len(self._genres), -np.inf)
        present = np.unique(labels)
        weights[present] = slopes / scale
        bias[present] = offsets - weights[present] @ mean
        return weights, bias

    def _report(self, logits: NDArray[np.float64]) -> ClassifierReport:
        labels, named = self._labels, logits.argmax(axis=1)
        right = named == labels
        temperature = measures.best_temperature(logits, labels)
        confidence = softmax(logits, temperature=temperature).max(axis=1)
        genres = self._genre_reports(named)
        follows = measures.follows_sound(genres, named)
        few = np.array([genre.few for genre in genres])[named]
        expected = _expected_precision(confidence, right)
        high, medium = measures.find_thresholds(confidence, right, expected=expected, few=few)
        return ClassifierReport(
            genres=genres,
            left_out=self._left_out[:_MOST_LEFT_OUT],
            n_left_out=len(self._left_out),
            n_tracks=len(labels),
            n_artists=int(self._groups.max()) + 1,
            n_without_artist=self._n_without_artist,
            n_folds=self._n_folds,
            accuracy=float(right.mean()),
            balanced_accuracy=sum(genre.recall for genre in genres) / len(genres),
            baseline=float(np.bincount(labels).max() / len(labels)),
            ece=measures.calibration_error(confidence, right),
            temperature=temperature,
            high=high if follows else None,
            medium=medium if follows else None,
            follows_sound=follows,
        )

    def _genre_reports(self, named: NDArray[np.intp]) -> tuple[GenreReport, ...]:
        n_artists = [
            len(np.unique(self._groups[self._labels == number]))
            for number in range(len(self._genres))
        ]
        return measures.genre_reports(
            named,
            self._labels,
            genres=self._genres,
            n_artists=n_artists,
            few=np.array(n_artists) < ENOUGH_ARTISTS,
        )


def _expected_precision(
    confidence: NDArray[np.float64], right: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return the expected share of right rows at each confidence, by isotonic regression."""
    from sklearn.isotonic import IsotonicRegression

    expected: NDArray[np.float64] = IsotonicRegression().fit(confidence, right).predict(confidence)
    return expected


def _logistic(
    rows: NDArray[np.float64], labels: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return slopes and offsets, one row per genre in `labels`; zeros if there is only one."""
    from sklearn.linear_model import LogisticRegression

    n_present = len(np.unique(labels))
    if n_present == 1:
        return np.zeros((1, rows.shape[1])), np.zeros(1)
    model = LogisticRegression(
        C=_INVERSE_REGULARISATION,
        class_weight="balanced",
        max_iter=_MOST_ITERATIONS,
        tol=_TOLERANCE,
    )
    # On matrices this small, threads wait for each other: 5 s instead of 0.7 s on a busy machine.
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about convergence: cross-validation measures the result
        model.fit(rows, labels)
    slopes, offsets = np.asarray(model.coef_), np.asarray(model.intercept_)
    if len(slopes) < n_present:  # for two genres scikit-learn gives the log-odds of the second
        slopes, offsets = np.vstack([-slopes, slopes]) / 2, np.append(-offsets, offsets) / 2
    return slopes, offsets


def train(examples: Sequence[Example], *, embedding_id: str, plan_id: str) -> PersonalClassifier:
    """Return a classifier for the genres of `examples`, with its report.

    Raises
    ------
    PersonalError
        The examples are too few; the sentence says what is missing.
    """
    training = Training(examples, embedding_id=embedding_id, plan_id=plan_id)
    for _ in training.steps():
        pass
    return training.classifier


def _learnable(examples: Sequence[Example]) -> tuple[list[Example], tuple[LeftOutTracks, ...]]:
    """Return the examples of genres with enough tracks and artists, and the genres left out."""
    if not examples:
        raise PersonalError("personal-nothing")
    groups: dict[str, set[str]] = defaultdict(set)
    n_tracks = _counted(examples)
    for example in examples:
        groups[example.genre].add(example.group)
    if len(n_tracks) == 1:
        raise PersonalError("personal-one-genre", n=len(examples), genre=examples[0].genre)
    if len(set().union(*groups.values())) == 1:
        raise PersonalError("personal-one-artist", n=len(examples))
    enough = [
        genre for genre, n in n_tracks if n >= LEAST_TRACKS and len(groups[genre]) >= LEAST_ARTISTS
    ][:MOST_GENRES]
    if len(enough) < 2:  # nothing to tell apart
        raise PersonalError(
            "personal-too-few", tracks=LEAST_TRACKS, artists=LEAST_ARTISTS, n=len(enough)
        )
    learned = set(enough)
    left_out = tuple(
        LeftOutTracks(genre, n, len(groups[genre])) for genre, n in n_tracks if genre not in learned
    )
    return [example for example in examples if example.genre in learned], left_out


def _counted(examples: Sequence[Example]) -> list[tuple[str, int]]:
    """Return each genre with its number of tracks, sorted by falling number, then by name."""
    counts = Counter(example.genre for example in examples)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold(), item[0]))
