"""The two networks of a model: one hears segments, one judges a track. The only user of LiteRT.

Knows nothing of audio files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from genretagger.analysis.calibration import calibrate_scores
from genretagger.analysis.manifest import (
    CLASSIFIER_FILE,
    EMBEDDING_FILE,
    FILTERBANKS_FILE,
    LOG_MEL,
    load_manifest,
    read_files,
    read_filterbanks,
)
from genretagger.analysis.scoring import average_segments, combine_segments, find_doubt, find_level
from genretagger.core.errors import ModelError
from genretagger.core.predictions import (
    GenreScore,
    ModelManifest,
    Prediction,
    SegmentOutputs,
    SegmentScores,
    Unsure,
)


@contextmanager
def _native_chatter_off() -> Iterator[None]:
    """Keep LiteRT's C++ part from announcing its delegate on stderr, which no option prevents."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)


class _Graph:
    """One LiteRT network with one input and a fixed batch of one row."""

    def __init__(
        self,
        name: str,
        content: bytes,
        *,
        n_threads: int,
        takes: tuple[int, ...],
        gives: dict[str, int],
    ) -> None:
        from ai_edge_litert.interpreter import Interpreter

        try:
            interpreter = Interpreter(model_content=content, num_threads=n_threads)
            self._run = interpreter.get_signature_runner()
        except (ValueError, RuntimeError) as error:
            raise ModelError("model-misfit", name=name, reason=error) from error
        inputs = self._run.get_input_details()
        outputs = self._run.get_output_details()
        actual = (list(map(_shape, inputs.values())), {n: _shape(outputs[n]) for n in outputs})
        expected = ([(1, *takes)], {output: (1, width) for output, width in gives.items()})
        if actual != expected:
            raise ModelError("model-misfit", name=name, reason=f"{actual} instead of {expected}")
        (self._input,) = inputs
        with _native_chatter_off():  # LiteRT announces its delegate when it allocates
            self(np.zeros((1, *takes), np.float32))

    def __call__(self, rows: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        """Return every output for all rows [shape=(n_rows, width)]."""
        results = [self._run(**{self._input: rows[i : i + 1]}) for i in range(len(rows))]
        return {name: np.concatenate([row[name] for row in results]) for name in results[0]}


def _shape(details: dict[str, Any]) -> tuple[int, ...] | None:
    """Return the shape of a float32 tensor, None for any other type."""
    return tuple(details["shape"].tolist()) if details["dtype"] is np.float32 else None


@dataclass(frozen=True, slots=True, eq=False)
class TrackScores:
    """The outputs of the classifier for a track, before any threshold.

    scores : np.ndarray [float64, shape=(n_genres,)]   calibrated; in [0, 1], sum 1
    segments : np.ndarray [float64, shape=(n_segments, n_genres)]   scores of each segment alone
    distance : distance from the training data; a greater one means less alike
    music : log-odds that the track is music
    """

    scores: NDArray[np.float64]
    segments: NDArray[np.float64]
    distance: float
    music: float


class Model:
    """A model folder, ready to hear (`embed`) and to judge (`classify`).

    Loading checks the manifest, all checksums, the filterbanks and the small classifier; the
    embedding network is built at its first use, so that judging stored outputs costs little.
    """

    def __init__(
        self, manifest: ModelManifest, contents: dict[str, bytes], *, n_threads: int
    ) -> None:
        self.manifest = manifest
        self._embedding_content = contents[EMBEDDING_FILE]
        self._n_threads = n_threads
        self.filterbanks: dict[str, NDArray[np.float32]] = read_filterbanks(
            contents[FILTERBANKS_FILE], manifest.feature_spec
        )
        self._classifier = _Graph(
            CLASSIFIER_FILE,
            contents[CLASSIFIER_FILE],
            n_threads=1,
            takes=(manifest.n_units,),
            gives={"distance": 1, "logits": len(manifest.genres), "music": 1},
        )

    @classmethod
    def load(cls, folder: Path, *, n_threads: int = 1) -> Model:
        """Return the model in `folder`; the embedding network uses `n_threads` threads.

        From then on NumPy multiplies matrices on one thread in this process.

        Raises
        ------
        ModelError
            A file is missing or damaged, or does not fit the manifest.
        """
        # Tracks are heard side by side, and their matrices are small: more threads only wait for
        # each other, which cost 60 to 95 ms of processor time per track on two cores.
        threadpool_limits(1, user_api="blas")
        manifest = load_manifest(folder)
        return cls(manifest, read_files(folder, manifest), n_threads=n_threads)

    @property
    def mel_filterbank(self) -> NDArray[np.float32]:
        """The filters of `analysis.features` [shape=(n_mels, n_fft // 2 + 1)]."""
        return self.filterbanks[LOG_MEL]

    @cached_property
    def _embedding(self) -> _Graph:
        spec = self.manifest.feature_spec
        return _Graph(
            EMBEDDING_FILE,
            self._embedding_content,
            n_threads=self._n_threads,
            takes=(spec.n_frames, spec.n_mels),
            gives={"logits": len(self.manifest.tags), "penultimate": self.manifest.n_units},
        )

    def embed(
        self, patches: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the outputs of the embedding network for each segment.

        Parameters
        ----------
        patches : np.ndarray [float32, shape=(n_segments, n_frames, n_mels)]
            Log-mel of `analysis.features.cut_segments`; at least one segment.

        Returns
        -------
        logits : np.ndarray [float32, shape=(n_segments, n_tags)]
            Before the sigmoid.
        penultimate : np.ndarray [float32, shape=(n_segments, n_units)]
            Activations.

        Raises
        ------
        ModelError
            At the first call: the network does not fit the manifest.
        """
        outputs = self._embedding(patches)
        return outputs["logits"], outputs["penultimate"]

    def judge(self, outputs: SegmentOutputs) -> TrackScores:
        """Return the outputs of the classifier for a track.

        The scores come from the segments; distance and music from their mean, the first row.
        """
        rows = np.vstack([average_segments(outputs.penultimate)[np.newaxis], outputs.penultimate])
        results = self._classifier(rows)
        manifest = self.manifest
        scores, segments = combine_segments(
            results["logits"][1:].astype(np.float64),
            temperature=manifest.temperature,
            segment_weight=manifest.segment_weight,
            focus=manifest.focus,
        )
        return TrackScores(
            calibrate_scores(scores, manifest.beta),
            calibrate_scores(segments, manifest.beta),
            distance=float(results["distance"][0, 0]),
            music=float(results["music"][0, 0]),
        )

    def classify(self, outputs: SegmentOutputs) -> Prediction:
        """Return the prediction for a track from the embedding outputs of its segments."""
        judgement = self.judge(outputs)
        manifest = self.manifest
        ranked = _ranked(manifest.genres, judgement.scores)
        winner = manifest.genres.index(ranked[0].genre)
        support = float(np.mean(judgement.segments.argmax(axis=1) == winner))
        starts = outputs.starts_s.tolist()
        return Prediction(
            genre=ranked[0].genre,
            confidence=ranked[0].score,
            scores=ranked,
            hints=self._hints(outputs.logits),
            unsure=self._unsure(judgement, support=support),
            level=find_level(ranked[0].score, high=manifest.high, medium=manifest.medium),
            model_id=manifest.model_id,
            segments=tuple(
                SegmentScores(start, tuple(row))
                for start, row in zip(starts, judgement.segments.tolist(), strict=True)
            ),
        )

    def _hints(self, logits: NDArray[np.float32]) -> tuple[GenreScore, ...]:
        """Return the hints whose mean probability reaches the manifest's minimum, best first."""
        least = dict(self.manifest.hints)
        means = (1 / (1 + np.exp(-logits.astype(np.float64)))).mean(axis=0)
        return tuple(
            hint
            for hint in _ranked(self.manifest.tags, means)
            if hint.genre in least and hint.score >= least[hint.genre]
        )

    def _unsure(self, judgement: TrackScores, *, support: float) -> Unsure | None:
        """Return the reason for doubt; `support` is the share of segments that agree."""
        manifest = self.manifest
        if judgement.music < manifest.music_above:
            return Unsure.NOT_MUSIC
        if judgement.distance > manifest.unfamiliar_above:
            return Unsure.UNFAMILIAR
        return find_doubt(
            float(judgement.scores.max()),
            support=support,
            unsure_below=manifest.unsure_below,
            least_support=manifest.least_support,
        )


def _ranked(names: tuple[str, ...], scores: NDArray[np.float64]) -> tuple[GenreScore, ...]:
    pairs = zip(names, scores.tolist(), strict=True)
    return tuple(GenreScore(name, score) for name, score in sorted(pairs, key=lambda p: -p[1]))
