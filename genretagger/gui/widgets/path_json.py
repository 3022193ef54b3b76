"""Paths as texts that JSON can hold, whatever bytes are in their names."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

MOST_RECENT = 10


def to_texts(paths: tuple[Path, ...] | list[Path]) -> list[str]:
    """Return each path as its bytes, percent-encoded."""
    return [quote_from_bytes(os.fsencode(path)) for path in paths]


def from_texts(texts: object) -> list[Path]:
    """Return the paths that `to_texts` encoded; ignore anything else."""
    if not isinstance(texts, list):
        return []
    texts = [text for text in texts if isinstance(text, str) and text]
    paths = [Path(os.fsdecode(unquote_to_bytes(text))) for text in texts]
    return [path for path in paths if path.is_absolute() and "\0" not in str(path)]


def recent(paths: tuple[Path, ...] | list[Path], before: list[Path]) -> list[Path]:
    """Return the most recent folders, each once: `paths`, then those from before."""
    return list(dict.fromkeys((*paths, *before)))[:MOST_RECENT]
