"""Hear the paths of the command line: check them, and report what was left out."""

from __future__ import annotations

import argparse
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from genretagger import pipeline
from genretagger.cli.output import (
    heard_before_sentence,
    left_out_sentence,
    say,
    show_progress,
)
from genretagger.core.errors import ClusterError, TrackError, shown
from genretagger.core.events import (
    ClassifierSetAside,
    HeardBefore,
    Problem,
    UpdateRemark,
)
from genretagger.core.files.presence import absence_of, is_folder
from genretagger.core.settings import GenreSet, require_own
from genretagger.library.leaving_out import LeftOutNames
from genretagger.pipeline import Context
from genretagger.review.rows.row import Row

_Event = TypeVar("_Event")


def require_existing(paths: Iterable[Path]) -> None:
    """Check that each of `paths` exists.

    Raises
    ------
    TrackError
        One of them does not exist, or the system does not tell.
    """
    for path in paths:
        absence = absence_of(path)
        if absence is not None:
            raise absence


def report_remarks(
    events: Iterable[_Event | LeftOutNames | UpdateRemark],
) -> Iterator[_Event]:
    """Yield `events` except LeftOutNames and UpdateRemark; print a sentence for each of those."""
    for event in events:
        if isinstance(event, LeftOutNames):
            say(left_out_sentence(event))
        elif isinstance(event, HeardBefore):
            say(heard_before_sentence(event))
        elif isinstance(event, ClassifierSetAside):
            say(str(event.error))
        else:
            yield event


def hear(options: argparse.Namespace, context: Context, cancel: threading.Event) -> Iterator[Row]:
    """Yield the rows of the paths of the command line; report left-out names and empty folders.

    Raises
    ------
    GenreTaggerError
        A path does not exist, or nothing can be heard at all.
    """
    require_existing(options.paths)
    if options.jobs and options.scheduler not in (None, "local"):
        raise ClusterError("cluster-jobs")
    context = _with_jobs(context, options.jobs)
    # By real path, so that a folder given under two names counts once.
    without_music = {_real_path(path): path.absolute() for path in options.paths if is_folder(path)}
    verdicts = pipeline.analyse(
        options.paths,
        context=context,
        cancel=cancel,
        use_cache=not options.no_cache,
        scheduler=options.scheduler,
    )
    events = pipeline.rows_with_albums(verdicts, context=context)
    for event in report_remarks(show_progress(events, is_quiet=options.quiet)):
        if isinstance(event, Problem):
            say(str(event.error))
        elif isinstance(event, Row):
            if without_music:  # real paths are slow
                path = event.path
                for real_path in (_real_path(path), *_real_paths_above(path.parent)):
                    without_music.pop(real_path, None)
            yield event
    if without_music:
        say(f"No music was found in {', '.join(map(shown, sorted(without_music.values())))}.")


def hear_what_comes(
    options: argparse.Namespace, context: Context, cancel: threading.Event
) -> Iterator[Row]:
    """Yield the rows of what is in the folders of the command line, then on what comes.

    Raises
    ------
    GenreTaggerError
        A folder does not exist, or nothing can be heard at all.
    Cancelled
        The user ended it.
    """
    require_existing(options.paths)
    for path in options.paths:
        if not is_folder(path):
            raise TrackError(path, "watch-no-folder")
    names = ", ".join(shown(path.absolute()) for path in options.paths)
    say(f"Watching {names}: what is there is analysed, then what comes; Ctrl-C ends it.")
    context = _with_jobs(context, options.jobs)
    verdicts = pipeline.watch(
        options.paths, context=context, cancel=cancel, use_cache=not options.no_cache
    )
    events = pipeline.rows_with_albums(verdicts, context=context)
    for event in report_remarks(show_progress(events, is_quiet=options.quiet)):
        if isinstance(event, Row):
            yield event


def with_genres(context: Context, genres: str | None) -> Context:
    """Return `context` with the genres that the command line asks for, if any.

    Raises
    ------
    SettingsError
        They are to be own, but there is no personal classifier in use.
    """
    if genres is None:
        return context
    return replace(
        context, settings=require_own(replace(context.settings, genres=GenreSet(genres)))
    )


def _with_jobs(context: Context, jobs: int | None) -> Context:
    """Return `context` with the number of workers that the command line asks for, if any."""
    if not jobs:
        return context
    return replace(context, settings=replace(context.settings, jobs=jobs))


def _real_path(path: Path) -> str:
    return os.path.realpath(path)


@lru_cache(maxsize=64)  # the tracks of one folder come one after the other
def _real_paths_above(folder: Path) -> tuple[str, ...]:
    """Return the real path of a folder and of each folder above it."""
    real_path = Path(_real_path(folder))
    return tuple(map(str, (real_path, *real_path.parents)))
