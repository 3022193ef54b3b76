"""Sample music for trying the program."""

from __future__ import annotations

import threading
from collections.abc import Generator
from pathlib import Path

from genretagger.core.events import Progress
from genretagger.pipeline.context import check
from genretagger.sample import library
from genretagger.sample.library import SampleMade

__all__ = ["SampleMade", "make_samples"]


def make_samples(
    folder: Path, *, cancel: threading.Event, complete: bool = False
) -> Generator[Progress | SampleMade, None, None]:
    """Make the sample library in `folder`, making that if needed; replace no file.

    With `complete`, `folder` may hold files already, and only missing files are made.

    Raises
    ------
    SampleError
        The folder is not empty, or cannot be written.
    Cancelled
        `cancel` was set; the files made so far are complete and stay.
    """
    if not complete:
        library.require_new(folder)
    for event in library.make_library(folder):
        yield event
        check(cancel)
