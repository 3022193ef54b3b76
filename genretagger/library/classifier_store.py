"""The user's personal classifiers: one file each, in one folder."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path

from genretagger.analysis.personal.classifier import PersonalClassifier
from genretagger.analysis.personal.file import SUFFIX, pack, read_file, unpack
from genretagger.core.errors import PersonalError, printable, shown, translate_os_errors
from genretagger.core.files.atomic import replace_file
from genretagger.core.personal import LONGEST_NAME, is_name


class ClassifierStore:
    """The folder at `folder`; made when the first classifier is put there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> tuple[str, ...]:
        """Return the names of the classifiers, sorted; none if the folder cannot be read."""
        try:
            files = [path for path in self._folder.iterdir() if path.suffix == SUFFIX]
        except OSError:
            return ()
        return tuple(sorted(path.stem for path in files if is_name(path.stem)))

    def path(self, name: str) -> Path:
        """Return the path of the classifier `name`, whether it exists or not.

        Raises
        ------
        PersonalError
            The name is invalid.
        """
        if not is_name(name):
            raise PersonalError("personal-name-invalid", name=printable(name), most=LONGEST_NAME)
        return self._folder / f"{name}{SUFFIX}"

    def load(self, name: str) -> PersonalClassifier:
        """Return the classifier `name`.

        Raises
        ------
        PersonalError
            The classifier does not exist, or its file is damaged.
        """
        path = self.path(name)
        if not os.path.lexists(path):
            raise PersonalError("personal-missing", name=name)
        return unpack(read_file(path), path=path)

    def save(self, name: str, classifier: PersonalClassifier, *, replace: bool) -> None:
        """Save `classifier` in one step; with `replace`, overwrite an older one.

        Raises
        ------
        PersonalError
            The name is taken, or the file cannot be written.
        """
        path = self.path(name)
        if not replace and os.path.lexists(path):
            raise PersonalError("personal-exists", name=name)
        with _failures(path):
            replace_file(path, pack(classifier))

    def delete(self, name: str) -> None:
        """Delete the classifier `name`, damaged or not.

        Raises
        ------
        PersonalError
            The classifier does not exist, or its file cannot be deleted.
        """
        path = self.path(name)
        with _failures(path):
            try:
                path.unlink()
            except FileNotFoundError as error:
                raise PersonalError("personal-missing", name=name) from error

    def export(self, name: str, file: Path) -> None:
        """Write the classifier `name` to a new `file`.

        Raises
        ------
        PersonalError
            The classifier does not exist or is damaged, or `file` exists or cannot be written.
        """
        content = pack(self.load(name))
        if os.path.lexists(file):
            raise PersonalError("personal-file-exists", path=shown(file))
        with _failures(file):
            replace_file(file, content)


def _failures(path: Path) -> AbstractContextManager[None]:
    return translate_os_errors(PersonalError, "personal-unwritable", path)
