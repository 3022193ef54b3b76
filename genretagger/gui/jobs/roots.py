"""The folders and files that the window shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path


def with_added(roots: Sequence[Path], paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return `roots` and those of `paths` that lie in none of them, each once."""
    shown = set(roots)
    new = (path for path in paths if shown.isdisjoint((path, *path.parents)))
    return (*roots, *dict.fromkeys(new))
