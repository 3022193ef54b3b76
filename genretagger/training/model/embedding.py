"""An embedding network as a file, with the record of what it gives and what made it.

`make student` writes such a folder, and the folder of a model is one too: so a training needs no
other network than the one that ships (docs/model.md).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from genretagger.analysis.manifest import EMBEDDING_FILE
from genretagger.core.errors import GenreTaggerError, shown
from genretagger.core.predictions import FeatureSpec
from genretagger.core.typed_json import TypedJsonError, read_json, write_json

RECORD_FILE: Final = "embedding.json"


class EmbeddingError(GenreTaggerError):
    """A folder holds no embedding that can be used."""


@dataclass(frozen=True, slots=True)
class StudiedAudio:
    """Audio of one kind that the student learned from."""

    kind: str
    n_pieces: int
    hours: float


@dataclass(frozen=True, slots=True)
class EmbeddingRecord:
    """What an embedding gives and what it was made of.

    embedding_id : changes whenever the outputs do
    tags : names of the logits, in order
    n_units : width of `penultimate`
    n_passes, seed : of the distilling
    hours_heard : over all passes
    audio : what there was to hear, each piece once
    sha256 : of the graph
    """

    embedding_id: str
    tags: tuple[str, ...]
    n_units: int
    feature_spec: FeatureSpec
    n_passes: int
    seed: int
    hours_heard: float
    audio: tuple[StudiedAudio, ...]
    sha256: str


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """An embedding network, as a LiteRT graph, with its record."""

    record: EmbeddingRecord
    graph: bytes

    def write(self, folder: Path) -> None:
        """Write graph and record into `folder`, which is made if it is missing."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / EMBEDDING_FILE).write_bytes(self.graph)
        (folder / RECORD_FILE).write_text(write_json(self.record) + "\n", encoding="utf-8")


def read_embedding(folder: Path) -> Embedding:
    """Return the embedding in `folder`.

    Raises
    ------
    EmbeddingError
        Graph or record is missing, or does not belong to the other.
    """
    try:
        record = read_json((folder / RECORD_FILE).read_bytes(), EmbeddingRecord)
        graph = (folder / EMBEDDING_FILE).read_bytes()
    except (OSError, TypedJsonError) as error:
        raise EmbeddingError("embedding-unreadable", path=shown(folder), reason=error) from error
    if hashlib.sha256(graph).hexdigest() != record.sha256:
        reason = f"{EMBEDDING_FILE} has another checksum"
        raise EmbeddingError("embedding-unreadable", path=shown(folder), reason=reason)
    return Embedding(record, graph)
