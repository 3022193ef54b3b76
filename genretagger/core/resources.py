"""Paths of bundled files and of per-user folders: from source, from a wheel and frozen."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parents[1]
HOME_VARIABLE = "GENRETAGGER_HOME"


def _bundled(name: str) -> Path:
    """Return the folder `name` that was installed with the program.

    A wheel carries it inside the package as `_<name>` (pyproject.toml); a source tree and a frozen
    program have it beside the package.
    """
    inside = _PACKAGE / f"_{name}"
    return inside if inside.is_dir() else _PACKAGE.parent / name


def resource(name: str) -> Path:
    """Return the path of the bundled file `name`."""
    return _bundled("resources") / name


def models_folder() -> Path:
    """Return the folder that holds one folder per model."""
    return _bundled("models")


def manual_page(chapter: str, *, language: str) -> Path | None:
    """Return the page of a chapter of the manual, None if there is none.

    That in `language`, if there is one; the first page, if there is no such chapter. The bundle
    holds the manual as pages for a browser; a source tree has those that `make manual` built, else
    their Markdown.
    """
    root = _PACKAGE.parent
    for folder, suffix in (
        (_bundled("manual"), ".html"),
        (root / "build" / "manual", ".html"),
        (root / "docs" / "manual", ".md"),
    ):
        for name in (f"{language}/{chapter}", chapter, f"{language}/index", "index"):
            page = folder / f"{name}{suffix}"
            if page.is_file():
                return page
    return None


@dataclass(frozen=True, slots=True)
class UserFolders:
    """Where settings, results, journal and logs of one user live; all under `home`."""

    home: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.home / "settings.json"

    @property
    def store(self) -> Path:
        """The SQLite store of results; can be deleted at any time."""
        return self.home / "store.sqlite"

    @property
    def session(self) -> Path:
        """The SQLite file of review decisions."""
        return self.home / "session.sqlite"

    @property
    def window(self) -> Path:
        """The remembered shape of the window; can be deleted at any time."""
        return self.home / "window.json"

    @property
    def journal(self) -> Path:
        """The folder of the undo journal; never deleted by the program."""
        return self.home / "journal"

    @property
    def personal(self) -> Path:
        """The folder of personal classifiers, one file each."""
        return self.home / "personal"

    @property
    def samples(self) -> Path:
        """The folder of the sample music; can be deleted at any time."""
        return self.home / "Sample music"

    @property
    def log(self) -> Path:
        """The rotating log file."""
        return self.home / "genretagger.log"


def user_folders() -> UserFolders:
    """Return the user's folders: `GENRETAGGER_HOME` if set, else the platform's data folder."""
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        # Path.expanduser raises if the user does not exist.
        return UserFolders(Path(os.path.expanduser(chosen)).absolute())  # noqa: PTH111
    return UserFolders(Path(platformdirs.user_data_dir("genretagger", appauthor=False)))
