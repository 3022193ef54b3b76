"""Walks folders for audio files; `scan` also reads their tags."""

from __future__ import annotations

import logging
import os
import stat
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from genretagger.core.errors import Cancelled, TrackError, reason_of
from genretagger.core.events import Failure
from genretagger.core.files.presence import absence_of, is_folder
from genretagger.core.texts.collation import natural_key
from genretagger.core.tracks import FileStamp, Track
from genretagger.library.leaving_out import LeavingOut, LeftOutNames
from genretagger.library.store import Store
from genretagger.tagging import containers

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A regular file that may be a track; its tags were not read."""

    path: Path
    stamp: FileStamp


def walk(
    paths: Sequence[Path],
    *,
    skip_hidden: bool = True,
    entered: list[Path] | None = None,
    cancel: threading.Event | None = None,
) -> Iterator[FoundFile | Failure | LeftOutNames]:
    """Yield each audio file at or below `paths` once, in the order of the walk, or its failure.

    A path that the user names is read or entered whatever its name. Below it, only files with the
    suffix of an audio container are read, and names of `leaving_out` are skipped; the last event
    lists the skipped names, if any. Symbolic links are followed, but no file or folder is visited
    twice.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders; relative ones are taken from the working directory.
    skip_hidden : bool
        Whether folders of programs, whose names begin with a dot, are left out too.
    entered : list of Path or None
        Gets each folder that was listed.
    cancel : threading.Event or None
        Asked before each folder and each file.

    Raises
    ------
    Cancelled
        `cancel` was set.
    """
    seen: set[tuple[int, int]] = set()
    links: list[Path] = []
    leaving_out = LeavingOut(hidden=skip_hidden)
    walked = _Walk(leaving_out, entered=entered, cancel=cancel)
    for path in walked.files(paths):
        if isinstance(path, Failure):
            yield path
            continue
        status = _status(path, os.lstat)
        if isinstance(status, Failure):
            yield status
        elif stat.S_ISLNK(status.st_mode):
            links.append(path)
        else:
            seen.add((status.st_dev, status.st_ino))
            yield _look(path, status)
    # Links come last, so that a file which is also there under its own name keeps that name.
    for link in links:
        walked.go_on()
        status = _status(link, os.stat)
        if isinstance(status, Failure):
            yield status
        elif (status.st_dev, status.st_ino) in seen:
            _LOG.debug("%s is a link to a file seen already", link)
        else:
            seen.add((status.st_dev, status.st_ino))
            yield _look(link, status)
    if leaving_out.left:
        yield leaving_out.left


def scan(
    paths: Sequence[Path],
    *,
    store: Store,
    skip_hidden: bool = True,
    cancel: threading.Event | None = None,
) -> Iterator[Track | Failure | LeftOutNames]:
    """Yield what `walk` yields, with the tags of each file; known tags come from the store."""
    for item in walk(paths, skip_hidden=skip_hidden, cancel=cancel):
        if isinstance(item, FoundFile):
            yield _with_tags(item, store)
        else:
            yield item


def _with_tags(file: FoundFile, store: Store) -> Track | Failure:
    tags = store.tags(file.stamp)
    if tags is None:
        try:
            tags = containers.read(file.path)
        except TrackError as error:
            return Failure(file.path, error)
        store.put_tags(file.stamp, tags)
    return Track(file.path, tags, file.stamp)


def find_audio_files(
    paths: Sequence[Path],
    *,
    also: Collection[str] = (),
    skip_hidden: bool = True,
    cancel: threading.Event | None = None,
) -> Iterator[Path]:
    """Yield the files that `walk` would yield; folders that cannot be opened are skipped.

    `also` adds suffixes, in lower case, for files in folders.
    """
    suffixes = containers.AUDIO_SUFFIXES.union(also)
    walked = _Walk(LeavingOut(hidden=skip_hidden), suffixes=suffixes, cancel=cancel)
    for path in walked.files(paths):
        if isinstance(path, Path):
            yield path


class _Walk:
    """Walks folders, each once: a loop of links ends at a folder entered before."""

    def __init__(
        self,
        leaving_out: LeavingOut,
        *,
        suffixes: frozenset[str] = containers.AUDIO_SUFFIXES,
        entered: list[Path] | None = None,
        cancel: threading.Event | None = None,
    ) -> None:
        self._cancel = cancel
        self._leaving_out = leaving_out
        self._suffixes = suffixes
        self._listed = [] if entered is None else entered
        self._entered: set[tuple[int, int]] = set()
        self._given: set[Path] = set()

    def go_on(self) -> None:
        """Raise Cancelled if the walk is to end."""
        if self._cancel is not None and self._cancel.is_set():
            raise Cancelled

    def files(self, paths: Sequence[Path]) -> Iterator[Path | Failure]:
        """Yield the files to read, and a failure for each path that cannot be walked."""
        for path in map(Path.absolute, paths):
            self.go_on()
            if path in self._given:
                continue
            self._given.add(path)
            if is_folder(path):
                yield from self._below(path)
            elif (absence := absence_of(path)) is not None:
                yield Failure(path, absence)
            else:
                yield path

    def _below(self, folder: Path) -> Iterator[Path | Failure]:
        waiting = [folder]
        while waiting:
            self.go_on()
            here = waiting.pop()
            is_doubtful = here != folder and self._leaving_out.is_doubtful(here.name)
            try:
                identity, entries = _contents(here)
            except OSError as error:
                if is_doubtful:
                    self._leaving_out.hide(here.name)
                    continue
                self._given.add(here)  # so that it fails only once
                failure = TrackError(here, "folder-unreadable", reason=reason_of(error))
                yield Failure(here, failure)
                continue
            if identity in self._entered:
                continue
            if is_doubtful and not any(map(self._is_music, entries)):
                self._leaving_out.hide(here.name)
                continue
            self._entered.add(identity)
            self._listed.append(here)
            folders: list[Path] = []
            yield from self._files_among(entries, folders=folders)
            waiting.extend(reversed(folders))

    def _files_among(
        self, entries: Iterable[os.DirEntry[str]], *, folders: list[Path]
    ) -> Iterator[Path]:
        """Yield the files to read, each once; add the subfolders to enter to `folders`."""
        for entry in entries:
            self.go_on()
            path = Path(entry.path)
            if _is_folder(entry):
                if not self._leaving_out.leaves_folder(entry.name):
                    folders.append(path)
            elif self._is_music(entry) and path not in self._given:
                self._given.add(path)
                if not self._leaving_out.leaves_file(entry.name):
                    yield path

    def _is_music(self, entry: os.DirEntry[str]) -> bool:
        suffix = os.path.splitext(entry.name)[1]  # noqa: PTH122 - a path takes three times as long
        return suffix.lower() in self._suffixes and not _is_folder(entry)


def _contents(folder: Path) -> tuple[tuple[int, int], list[os.DirEntry[str]]]:
    """Return the identity of a folder, and its entries in order."""
    status = folder.stat()
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: (natural_key(entry.name), entry.name))
    return (status.st_dev, status.st_ino), listed


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a loop of links: not a folder; opening it fails with a reason
        return False


def _status(path: Path, ask: Callable[[Path], os.stat_result]) -> os.stat_result | Failure:
    try:
        return ask(path)
    except OSError as error:
        return Failure(path, TrackError(path, "file-unreadable", reason=reason_of(error)))


def _look(path: Path, status: os.stat_result) -> FoundFile | Failure:
    if stat.S_ISREG(status.st_mode):
        return FoundFile(path, FileStamp.of(status))
    return Failure(path, TrackError(path, "file-not-regular"))
