"""Finds candidates for a moved file, the most likely first, so that its write can be undone."""

from __future__ import annotations

import logging
import os
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, TypeVar

from genretagger.core.errors import StoreError, TrackError, shown
from genretagger.core.files.presence import is_folder
from genretagger.core.tracks import FileStamp, TagReading, audio_digest_of
from genretagger.library.scan import find_audio_files
from genretagger.library.store import Store
from genretagger.pipeline.context import Context, check
from genretagger.tagging import containers
from genretagger.tagging.digest import hearing_key_of
from genretagger.tagging.undo.moved_files import MissingFile

# If an artist's folder is renamed, its parent still exists: file, album, artist, library.
_HIGHEST: Final = 2

_LOG = logging.getLogger(__name__)

_Answer = TypeVar("_Answer")


class MovedFiles:
    """Finds candidates for a moved file; close it. Nothing is read before its first use.

    Searches `folders`, the folder that holds all files of the batch, and the nearest existing
    parent of the old path. Never searches a home folder, file system or folder of drives that is
    not in `folders`. Walks each folder once, and once more for each suffix that a scan ignores.
    """

    def __init__(
        self, folders: Sequence[Path], *, context: Context, cancel: threading.Event
    ) -> None:
        self._cancel = cancel
        self._skip_hidden = context.settings.skip_hidden_folders
        self._known = _Known(context.folders.store)
        self._given = [folder.absolute() for folder in folders]
        self._walked: dict[tuple[str, ...], list[Path]] = {}  # by the further suffixes
        self._seen: set[tuple[int, int]] = set()
        self._new: list[tuple[Path, FileStamp]] = []
        self._unheard: dict[str, dict[str, list[tuple[Path, FileStamp]]]] = {}  # by suffix, name
        self._by_size: dict[int, list[Path]] = defaultdict(list)
        self._by_audio: dict[str, list[Path]] = defaultdict(list)

    def close(self) -> None:
        """Close the store."""
        self._known.close()

    def __call__(self, sought: MissingFile) -> Iterator[tuple[Path, ...]]:
        """Yield candidates of the same size, then of the same audio.

        Those of the same audio come in three groups: known to the store, of the same name, others.
        """
        suffix = sought.target.suffix.lower()
        also = () if suffix in containers.AUDIO_SUFFIXES else (suffix,)
        self._walk(_folders_to_search(sought, given=self._given), also=also)
        if sought.size_bytes is not None:
            yield tuple(self._by_size.get(sought.size_bytes, ()))
        self._ask_store()
        yield tuple(self._by_audio.get(sought.audio_digest, ()))
        unheard = self._unheard.get(suffix, {})
        self._hear(unheard.pop(sought.target.name.lower(), []))
        yield tuple(self._by_audio.get(sought.audio_digest, ()))
        while unheard:
            self._hear(unheard.popitem()[1])
        yield tuple(self._by_audio.get(sought.audio_digest, ()))

    def _walk(self, folders: Iterable[Path], *, also: tuple[str, ...]) -> None:
        """Collect all audio files at or below `folders` that were not walked yet.

        `also` are further suffixes to collect.
        """
        walked = self._walked.setdefault(also, [])
        for folder in folders:
            if any(folder.is_relative_to(other) for other in walked):
                continue
            walked.append(folder)
            for path in find_audio_files(
                [folder], also=also, skip_hidden=self._skip_hidden, cancel=self._cancel
            ):
                try:
                    status = path.stat()
                except OSError:
                    continue
                if (status.st_dev, status.st_ino) not in self._seen:
                    self._seen.add((status.st_dev, status.st_ino))
                    self._new.append((path, FileStamp.of(status)))
                    self._by_size[status.st_size].append(path)

    def _ask_store(self) -> None:
        """Look up the audio digests of newly collected files in the store."""
        for path, stamp in self._new:
            digest = self._known.audio_digest(stamp)
            if digest is not None:
                self._by_audio[digest].append(path)
            else:
                names = self._unheard.setdefault(path.suffix.lower(), {})
                names.setdefault(path.name.lower(), []).append((path, stamp))
        self._new.clear()

    def _hear(self, files: Iterable[tuple[Path, FileStamp]]) -> None:
        """Compute the hearing keys of `files`, and keep them."""
        for path, stamp in files:
            check(self._cancel)
            try:
                tags = containers.read(path)
                key, damage = hearing_key_of(path, container=tags.container)
            except TrackError as error:
                _LOG.debug("%s: %s", shown(path), error)
                continue
            self._by_audio[audio_digest_of(key)].append(path)
            if damage is None:  # else the next analysis finds and reports the damage
                self._known.put(stamp, tags, key)


class _Known:
    """The store, opened at its first use; if it cannot be used, nothing is known."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stack = ExitStack()
        self._store: Store | None = None
        self._usable = True

    def audio_digest(self, stamp: FileStamp) -> str | None:
        """Return the audio digest of the file with `stamp`, None if it is not known."""
        key = self._ask(lambda store: store.hearing_key(stamp))
        return None if key is None else audio_digest_of(key)

    def put(self, stamp: FileStamp, tags: TagReading, key: str) -> None:
        """Remember tags and hearing key of the file with `stamp`."""
        self._ask(lambda store: store.put_tags(stamp, tags))
        self._ask(lambda store: store.put_hearing_key(stamp, key))

    def _ask(self, call: Callable[[Store], _Answer]) -> _Answer | None:
        try:
            if self._usable and self._store is None:
                self._store = self._stack.enter_context(Store.open(self._path))
            return call(self._store) if self._usable and self._store else None
        except StoreError as error:
            _LOG.debug("%s", error)
            self._usable = False
            return None

    def close(self) -> None:
        """Close the store."""
        self._stack.close()


def _folders_to_search(sought: MissingFile, *, given: Sequence[Path]) -> Iterator[Path]:
    """Yield the folders to search, the largest first."""
    yield from given
    folders = (sought.common, sought.target.parent)
    for folder in folders:
        nearest = _nearest(folder) if folder is not None else None
        if nearest is not None:
            yield nearest


def _nearest(folder: Path) -> Path | None:
    """Return `folder` or its nearest existing parent, None if that is too large to search.

    If a drive is unplugged, only the folder of all drives exists.
    """
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - never fails, unlike Path.home
    for candidate in (folder, *folder.parents)[: _HIGHEST + 1]:
        if candidate == candidate.parent or home.is_relative_to(candidate):
            return None
        if is_folder(candidate):
            return None if _holds_drives(candidate) else candidate
    return None


def _holds_drives(folder: Path) -> bool:
    """Return whether other file systems are mounted in `folder`, as in the folder of drives."""
    try:
        return any(os.path.ismount(candidate) for candidate in folder.iterdir())
    except OSError:
        return True
