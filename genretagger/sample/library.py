"""Makes the sample library in a folder, file by file; never touches existing files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from genretagger.core.errors import SampleError, shown, translate_os_errors
from genretagger.core.events import Progress, Stage
from genretagger.core.files.atomic import replace_file
from genretagger.sample.catalogue import OTHERS, TRACKS, SampleText, SampleTrack

_READ_ONLY: Final = 0o444


@dataclass(frozen=True, slots=True)
class SampleMade:
    """A file of the library was made; `about` tells people what it demonstrates."""

    path: Path
    about: str


def require_new(folder: Path) -> None:
    """Check that `folder` is missing or empty, so that the library does not mix with other files.

    Raises
    ------
    SampleError
        The folder is a file, is not empty or cannot be read.
    """
    with _failures(folder):
        if not os.path.lexists(folder):
            return
        if not folder.is_dir():
            raise SampleError("sample-no-folder", path=shown(folder))
        if any(folder.iterdir()):
            raise SampleError("sample-folder-not-empty", path=shown(folder))


def make_library(folder: Path) -> Iterator[Progress | SampleMade]:
    """Make each file of the library that `folder` lacks; yield it and the progress.

    Each file is written in one step: after a stop, another call makes the missing ones.

    Raises
    ------
    SampleError
        A file cannot be written.
    """
    # The texts come first, so that a folder that cannot be written fails at once.
    missing = [item for item in (*OTHERS, *TRACKS) if not os.path.lexists(folder / item.name)]
    yield Progress(Stage.SAMPLES, 0, len(missing))
    for n_made, sample in enumerate(missing, 1):
        yield _make(sample, folder)
        yield Progress(Stage.SAMPLES, n_made, len(missing))


def _make(sample: SampleTrack | SampleText, folder: Path) -> SampleMade:
    path = folder / sample.name
    content = sample.content()
    with _failures(folder):
        replace_file(path, content)
    if sample.read_only:
        with suppress(OSError):  # not every file system has permissions
            path.chmod(_READ_ONLY)
    return SampleMade(path, sample.about)


def _failures(folder: Path) -> AbstractContextManager[None]:
    return translate_os_errors(SampleError, "sample-unwritable", folder)
