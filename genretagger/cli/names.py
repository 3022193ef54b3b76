"""Names files as seen from the folders of the command line, so that lines stay short."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from genretagger.core.errors import GenreTaggerError, TrackError, shown
from genretagger.core.messages import MESSAGES


class FileNames:
    """The names of files at or below the given paths.

    A file below the only given folder is named from there on. With several paths, what was given
    stands in front, as the same name may be in two of them. Any other file has its whole path.
    """

    def __init__(self, given: Iterable[Path] = ()) -> None:
        self._given = {path.absolute(): path for path in given}

    def name(self, path: Path) -> str:
        """Return the name of a file as text that can always be printed."""
        for folder, given in self._given.items():
            if folder in path.parents:
                relative = path.relative_to(folder)
                return shown(relative if len(self._given) == 1 else given / relative)
        return shown(path)

    def sentence(self, error: GenreTaggerError) -> str:
        """Return the sentence of `error`, with its file by its name."""
        if not isinstance(error, TrackError):
            return str(error)
        return MESSAGES[error.key].format(**error.values | {"path": self.name(error.path)})
