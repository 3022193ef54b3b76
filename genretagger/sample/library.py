"""Makes the sample library in a folder, file by file; never touches a file that is there."""

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
    """A file of the library was made; `about` says for people what is to be seen in it."""

    path: Path
    about: str


def require_new(folder: Path) -> None:
    """Check that a library can be made in `folder` without mixing it with anything.

    Raises
    ------
    SampleError
        It is a file, holds something or cannot be looked into.
    """
    with _failures(folder):
        if not os.path.lexists(folder):
            return
        if not folder.is_dir():
            raise SampleError("sample-no-folder", path=shown(folder))
        if any(folder.iterdir()):
            raise SampleError("sample-folder-not-empty", path=shown(folder))


def make_library(folder: Path) -> Iterator[Progress | SampleMade]:
    """Make each file of the library that is not in `folder`; yield it and the progress.

    Each appears as a whole: after a stop, what is missing can be made by another call.

    Raises
    ------
    SampleError
        A file cannot be written.
    """
    # The texts first: a folder that cannot be written is found out at once.
    missing = [one for one in (*OTHERS, *TRACKS) if not os.path.lexists(folder / one.name)]
    yield Progress(Stage.SAMPLES, 0, len(missing))
    for n_made, one in enumerate(missing, 1):
        yield _make(one, folder)
        yield Progress(Stage.SAMPLES, n_made, len(missing))


def _make(one: SampleTrack | SampleText, folder: Path) -> SampleMade:
    path = folder / one.name
    content = one.content()
    with _failures(folder):
        replace_file(path, content)
    if one.read_only:
        with suppress(OSError):  # not every file system knows it
            path.chmod(_READ_ONLY)
    return SampleMade(path, one.about)


def _failures(folder: Path) -> AbstractContextManager[None]:
    return translate_os_errors(SampleError, "sample-unwritable", folder)
