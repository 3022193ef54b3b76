"""The subcommand `playlists`: makes a playlist for each genre, as the window's export does."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from genretagger import pipeline
from genretagger.cli.exit_status import ExitStatus
from genretagger.cli.hearing import hear
from genretagger.cli.names import FileNames
from genretagger.cli.output import print_json, print_line, say
from genretagger.core.errors import ExportError, shown
from genretagger.core.texts.collation import natural_key
from genretagger.core.writes import Decision, Policy
from genretagger.library.decision_store import DecisionStore
from genretagger.library.export import ExportOrder, Form, PlaylistGenre, PlaylistOptions
from genretagger.pipeline import Context
from genretagger.review.rows.row import Row


def run_playlists(options: argparse.Namespace, context: Context, cancel: threading.Event) -> int:
    """Hear what is not known yet, write the playlists and return the exit status.

    Raises
    ------
    GenreTaggerError
        A path does not exist, nothing can be heard, or the playlists cannot be written.
    """
    order = ExportOrder(
        Form.PLAYLISTS,
        options.to,
        playlists=PlaylistOptions(
            PlaylistGenre(options.by),
            merges_spellings=not options.each_spelling,
            is_relative=not options.absolute,
        ),
        policy=Policy(context.settings.policy),
        replaces=options.replace,
    )
    # Verdicts come as workers get ready; a playlist has the order of the folders.
    rows = sorted(_rows(options, context, cancel), key=lambda row: _place(row.path))
    try:
        done = pipeline.export(rows, order, context=context)
    except ExportError as error:
        hint = " To replace what is there, add --replace." if error.key == "export-exists" else ""
        say(f"{error}{hint}")
        return ExitStatus.NOT_STARTED
    if options.json:
        print_json({"path": str(done.path), "tracks": done.n_tracks, "playlists": done.n_files})
    else:
        print_line(f"{shown(done.path)}  playlists: {done.n_files}, tracks: {done.n_tracks}")
    has_failed = any(row.error is not None for row in rows)
    return ExitStatus.SOME_FAILED if has_failed else ExitStatus.OK


def _place(path: Path) -> tuple[str, ...]:
    """Return a key that sorts files as a file manager does, folder by folder."""
    return tuple(map(natural_key, path.parts))


def _rows(options: argparse.Namespace, context: Context, cancel: threading.Event) -> Iterator[Row]:
    """Yield the row of each track, with what was decided on it in the window."""
    names, find_decision = FileNames(options.paths), _decisions(context)
    for row in hear(options, context, cancel):
        if row.error is not None:
            say(names.sentence(row.error))
        elif row.audio_digest is not None:
            row = replace(row, decision=find_decision(row.audio_digest, row.path))
        yield row


def _decisions(context: Context) -> Callable[[str, Path], Decision | None]:
    """Return a function that finds the decision on a recording at a path."""
    place = context.folders.session
    if not place.exists():
        return lambda _audio_digest, _path: None
    with closing(DecisionStore(place)) as session:
        earlier = session.find_all()
    return lambda audio_digest, path: earlier.find(audio_digest, path=path)
