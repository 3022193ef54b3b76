"""Make the embedding that is shipped: musicnn and the student side by side.

No weight of a teacher is in it: the student has learned from their answers.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import keras

from genretagger.training.model import musicnn
from genretagger.training.model.back_end import BackEnd, read_back_end
from genretagger.training.model.embedding import Embedding, EmbeddingRecord, StudiedAudio
from genretagger.training.model.export import to_tflite
from genretagger.training.model.feature_spec import FEATURE_SPEC
from genretagger.training.model.pruning import build_front
from genretagger.training.student.recordings import Recordings
from genretagger.training.student.teachers import EXCERPT_S, RATE_HZ


def build_embedding(student: BackEnd, *, alone: bool = False) -> keras.Model:
    """Return the network that is shipped: one front, behind it musicnn and the student.

    Parameters
    ----------
    student : BackEnd
        The result of `network.finish`.
    alone : bool
        Leave musicnn's own back end out.

    Returns
    -------
    keras.Model
        Input: log-mel [float32, shape=(n, n_frames, n_mels)]. Outputs: `logits` [shape=(n, 50 and
        those of the student)] and `penultimate` [shape=(n, 200 and those of the student)].

    Raises
    ------
    ModelError
        The weights of musicnn are not installed.
    """
    network = musicnn.load_embedding()
    front = build_front(network)
    ends = [student] if alone else [read_back_end(network), student]
    outputs = [end.apply(front.output) for end in ends]
    return keras.Model(
        front.input,
        {
            name: keras.ops.concatenate([values[name] for values in outputs], axis=-1)
            for name in outputs[0]
        },
    )


def write_embedding(
    student: BackEnd,
    folder: Path,
    *,
    tags: tuple[str, ...],
    recordings: Recordings,
    n_excerpts: int,
    n_passes: int,
    seed: int,
    alone: bool = False,
) -> EmbeddingRecord:
    """Write the graph and its record into `folder`; return the record.

    Parameters
    ----------
    student : BackEnd
        The result of `network.finish`.
    folder : Path
        Made if it is missing.
    tags : tuple of str
        Names of the student's logits.
    recordings : Recordings
        All audio that there was to hear.
    n_excerpts, n_passes, seed : int
        What the student has heard, over all passes.
    alone : bool
        Leave musicnn out.

    Raises
    ------
    ModelError
        The weights of musicnn are not installed.
    """
    network = build_embedding(student, alone=alone)
    content = to_tflite(network, input_name="log_mel")
    digest = hashlib.sha256(content).hexdigest()
    record = EmbeddingRecord(
        embedding_id=f"{'' if alone else 'musicnn-'}student-{digest[:8]}",
        tags=tags if alone else (*musicnn.TAGS, *tags),
        n_units=int(network.output["penultimate"].shape[-1]),
        feature_spec=FEATURE_SPEC,
        n_passes=n_passes,
        seed=seed,
        hours_heard=round(n_excerpts * EXCERPT_S / 3600, 2),
        audio=tuple(_sum_audio(recordings)),
        sha256=digest,
    )
    Embedding(record, content).write(folder)
    return record


def _sum_audio(recordings: Recordings) -> Iterable[StudiedAudio]:
    """Yield the pieces and hours of each kind, by name."""
    counts: Counter[str] = Counter()
    n_samples: Counter[str] = Counter()
    starts = recordings.index.starts
    for piece, start, end in zip(recordings.pieces, starts[:-1], starts[1:], strict=True):
        counts[piece.kind] += 1
        n_samples[piece.kind] += end - start
    for kind in sorted(counts):
        yield StudiedAudio(kind, counts[kind], round(n_samples[kind] / RATE_HZ / 3600, 2))
