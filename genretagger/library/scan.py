"""From folders and files to Track records, with the tags as they are."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from genretagger.core.collation import natural
from genretagger.core.datatypes import Failure, FileStamp, Track
from genretagger.core.errors import TrackError
from genretagger.tagging import containers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from genretagger.library.store import Store

_LOG = logging.getLogger(__name__)


def scan(paths: Sequence[Path], *, store: Store) -> Iterator[Track | Failure]:
    """Yield each track at or below `paths` once, in the order of the walk, or why it is none.

    A path that names a file is read whatever it is called; in folders only files with the suffix of
    an audio container are, and hidden files (our temporary ones among them) are left out. Symbolic
    links are followed, never twice to the same place. The tags of a file whose stamp is known come
    from the store.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders; relative ones are taken from the working directory.
    store : Store
        Where tags are looked up and remembered.
    """
    seen: set[tuple[int, int]] = set()
    links: list[Path] = []
    for found in _walk(paths, seen=set()):
        if isinstance(found, Failure):
            yield found
        elif found.is_symlink():
            links.append(found)
        else:
            yield from _look(found, store=store, seen=seen, once=False)
    # Links come last, so that a file which is also there under its own name keeps that name.
    for link in links:
        yield from _look(link, store=store, seen=seen, once=True)


def audio_files(paths: Sequence[Path], *, also: Collection[str] = ()) -> Iterator[Path]:
    """Yield the files that `scan` would look at; a folder that cannot be opened is passed over.

    `also` are further suffixes, in lower case, that files in folders may have.
    """
    for found in _walk(paths, seen=set(), suffixes=containers.AUDIO_SUFFIXES.union(also)):
        if isinstance(found, Path):
            yield found


def _walk(
    paths: Sequence[Path],
    *,
    seen: set[tuple[int, int]],
    suffixes: frozenset[str] = containers.AUDIO_SUFFIXES,
) -> Iterator[Path | Failure]:
    """Yield the files to look at; `seen` holds the folders already entered, so loops end."""
    given: set[Path] = set()
    for path in map(Path.absolute, paths):
        if path in given:
            continue
        given.add(path)
        if path.is_dir():
            yield from _walk_folder(path, seen=seen, given=given, suffixes=suffixes)
        elif not os.path.lexists(path):
            yield Failure(path, "scan", TrackError(path, "path-missing"))
        else:
            yield path


def _walk_folder(
    folder: Path, *, seen: set[tuple[int, int]], given: set[Path], suffixes: frozenset[str]
) -> Iterator[Path | Failure]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            status = here.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(here) as entries:
                listed = sorted(entries, key=lambda entry: (natural(entry.name), entry.name))
        except OSError as error:
            reason = error.strerror or str(error)
            yield Failure(here, "scan", TrackError(here, "folder-unreadable", reason=reason))
            continue
        folders = []
        for entry in listed:
            if entry.name.startswith("."):
                continue
            path = Path(entry.path)
            if _is_folder(entry):
                folders.append(path)
            elif path.suffix.lower() in suffixes and path not in given:
                given.add(path)
                yield path
        waiting.extend(reversed(folders))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a loop of links: it is no folder, and opening it will say why
        return False


def _look(
    path: Path, *, store: Store, seen: set[tuple[int, int]], once: bool
) -> Iterator[Track | Failure]:
    """Yield the track at `path`, or the failure; nothing if `once` and its file was seen."""
    try:
        status = path.stat()
    except OSError as error:
        reason = error.strerror or str(error)
        yield Failure(path, "scan", TrackError(path, "file-unreadable", reason=reason))
        return
    if once and (status.st_dev, status.st_ino) in seen:
        _LOG.debug("%s is a link to a file seen already", path)
        return
    seen.add((status.st_dev, status.st_ino))
    if not stat.S_ISREG(status.st_mode):
        yield Failure(path, "scan", TrackError(path, "file-not-regular"))
        return
    stamp = FileStamp.of(status)
    try:
        tags = store.tags(stamp)
        if tags is None:
            tags = containers.read(path)
            store.put_tags(stamp, tags)
    except TrackError as error:
        yield Failure(path, "scan", error)
        return
    yield Track(path, tags, stamp)
