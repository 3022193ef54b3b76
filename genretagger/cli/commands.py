"""The subcommands: each drives the pipeline, prints its events and returns the exit status."""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from genretagger import pipeline, selfcheck
from genretagger.cli import history
from genretagger.cli.demo import run_demo, run_sample_music
from genretagger.cli.exit_status import ExitStatus
from genretagger.cli.hearing import hear, hear_what_comes, with_genres
from genretagger.cli.names import FileNames
from genretagger.cli.outcomes import Telling, result_line, tell_outcomes
from genretagger.cli.output import print_line, say, show_progress
from genretagger.cli.personal import run_personal
from genretagger.cli.playlists import run_playlists
from genretagger.cli.verdicts import VerdictForm, print_verdicts
from genretagger.core.errors import (
    JournalError,
    PlanError,
    TrackError,
    reason_of,
    shown,
)
from genretagger.core.events import Problem, Progress, Recovered
from genretagger.core.files.presence import is_folder
from genretagger.core.settings import PersonalUse
from genretagger.core.writes import Policy, WriteRequest, WriteResult
from genretagger.library.plan import read_plan
from genretagger.pipeline import Context
from genretagger.review.rows.row import Row

_LOCKED = "journal-locked"
_PLAN_ENCODING = "utf-8-sig"  # some editors put a byte order mark in front


def run_command(options: argparse.Namespace, *, context: Context, cancel: threading.Event) -> int:
    """Run the subcommand in `options` and return its exit status.

    Raises
    ------
    GenreTaggerError
        The command could not start or cannot go on; the sentence says why.
    """
    command = {
        "analyse": _analyse,
        "watch": _watch,
        "apply": _apply,
        "undo": _undo,
        "history": _history,
        "playlists": run_playlists,
        "personal": run_personal,
        "demo": run_demo,
        "sample-music": run_sample_music,
        "self-check": _self_check,
    }[options.command]
    return command(options, with_genres(context, getattr(options, "genres", None)), cancel)


def _settle(context: Context) -> set[str]:
    """Settle the writes that an earlier run left unfinished; return the sentences it printed."""
    announced: set[str] = set()
    for result in pipeline.recover(context=context):
        _announce(result, announced=announced)
    return announced


def _hindrance(context: Context) -> JournalError | None:
    """Settle unfinished writes before a command that only reads; return the error if that fails."""
    try:
        _settle(context)
    except JournalError as error:
        return error
    return None


def _say_hindrance(hindrance: JournalError | None) -> None:
    # A process that holds the lock is still running and settles its own writes.
    if hindrance is not None and hindrance.key != _LOCKED:
        say(str(hindrance))


def _announce(result: WriteResult, *, announced: set[str]) -> None:
    """Print, only once, the outcome of a write that an earlier run left unsettled."""
    sentence = f"An earlier run was interrupted: {result_line(result)}"
    if sentence not in announced:
        announced.add(sentence)
        say(sentence)


def _results(
    events: Iterable[Progress | Recovered | WriteResult | Problem],
    *,
    announced: set[str],
    problems: list[Problem],
    is_quiet: bool = False,
) -> Iterator[WriteResult]:
    """Yield the results of a job; move the progress bar, and print all else.

    A recovered write is added to `announced`, and a problem to `problems`.
    """
    shown_events: Iterator[Recovered | WriteResult | Problem] = show_progress(
        events, is_quiet=is_quiet
    )
    for event in shown_events:
        match event:
            case Recovered(result):
                _announce(result, announced=announced)
            case Problem(error):
                problems.append(event)
                say(str(error))
            case _:
                yield event


def _analyse(options: argparse.Namespace, context: Context, cancel: threading.Event) -> int:
    return _print_verdicts(options, hear(options, context, cancel), has_summary=True)


def _watch(options: argparse.Namespace, context: Context, cancel: threading.Event) -> int:
    return _print_verdicts(options, hear_what_comes(options, context, cancel))


def _print_verdicts(
    options: argparse.Namespace, rows: Iterator[Row], *, has_summary: bool = False
) -> int:
    form = VerdictForm.of(options)
    return print_verdicts(
        rows,
        form=form,
        names=FileNames(options.paths),
        # What reads JSON lines counts for itself, and takes anything on standard error for trouble.
        has_summary=has_summary and not options.quiet and form is not VerdictForm.JSON,
    )


def _apply(options: argparse.Namespace, context: Context, cancel: threading.Event) -> int:
    if (options.plan is None) == (not options.paths):
        raise PlanError("apply-needs-one-source")
    if (options.min_confidence is None) != (options.plan is not None):
        raise PlanError("apply-needs-confidence")
    if options.paths and context.settings.personal_use is PersonalUse.INSTEAD:
        pipeline.in_use(context=context)  # a missing one must not let the model's genres be written
    announced: set[str] = set()
    # Settle first: it may restore a file that is then heard.
    if options.dry_run:
        _say_hindrance(_hindrance(context))
    else:
        announced = _settle(context)
    policy = Policy(options.policy)
    judged: list[WriteResult] = []
    requests: list[WriteRequest] = []
    if options.plan is not None:
        requests += _read_plan(options.plan)
    else:
        for answer in _judge(options, context, cancel, policy=policy):
            if isinstance(answer, WriteRequest):
                requests.append(answer)
            else:
                judged.append(answer)
    events = pipeline.apply(
        requests,
        context=context,
        policy=policy,
        cancel=cancel,
        dry_run=options.dry_run,
    )
    nothing = "Nothing to do." if options.plan is not None else ""  # `hear` reports empty folders
    results = _results(events, announced=announced, problems=[], is_quiet=options.quiet)
    telling = Telling(
        as_json=options.json,
        is_verbose=options.verbose,
        is_quiet=options.quiet,
        is_dry=options.dry_run,
        policy=policy,
        own_policies={one.path: one.policy for one in requests if one.policy is not None},
    )
    status = tell_outcomes(chain(judged, results), telling, nothing=lambda: nothing)
    if options.dry_run and not options.json and not options.quiet:
        say("Dry run: nothing was written.")
    return status


def _judge(
    options: argparse.Namespace, context: Context, cancel: threading.Event, *, policy: Policy
) -> Iterator[WriteRequest | WriteResult]:
    """Hear each track; yield the request to write its genre, or the reason to leave it alone."""
    for row in hear(options, context, cancel):
        yield pipeline.request_for(row, min_confidence=options.min_confidence, policy=policy)


def _read_plan(name: str) -> tuple[WriteRequest, ...]:
    try:
        if name == "-":
            if sys.stdin is None:  # closed by who started the program
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
            return read_plan(io.TextIOWrapper(sys.stdin.buffer, encoding=_PLAN_ENCODING))
        with Path(name).open(encoding=_PLAN_ENCODING) as lines:
            return read_plan(lines)
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "not UTF-8"
        raise PlanError("plan-unreadable", path=shown(Path(name)), reason=reason) from error


def _undo(options: argparse.Namespace, context: Context, cancel: threading.Event) -> int:
    for folder in options.search:
        if not is_folder(folder):
            raise TrackError(folder, "search-no-folder")
    announced = _settle(context)
    events = pipeline.undo(
        options.batch,
        context=context,
        cancel=cancel,
        files=options.files,
        search=options.search,
    )
    problems: list[Problem] = []
    results = _results(events, announced=announced, problems=problems)
    nothing = partial(_nothing_to_undo, options.batch, problems, context=context)
    status = tell_outcomes(results, Telling(as_json=options.json), nothing=nothing)
    return ExitStatus.SOME_FAILED if problems else status


def _nothing_to_undo(batch: str | None, problems: Sequence[Problem], *, context: Context) -> str:
    if problems:
        return "Nothing was undone. To undo another batch, give its name; `history` lists them."
    if batch is not None:
        return f"Nothing is left to undo in {batch}."
    if any(batch.written > batch.undone for batch in pipeline.history(context=context)):
        return "Nothing to undo. To try a batch again that was refused, give its name."
    return "Nothing to undo."


def _history(options: argparse.Namespace, context: Context, cancel: threading.Event) -> int:
    if options.patches and not options.export:
        raise JournalError("patches-need-export")
    hindrance = _hindrance(context)
    is_busy = hindrance is not None and hindrance.key == _LOCKED
    if options.export:
        history.print_export(options.batch, context=context, patches=options.patches, cancel=cancel)
    elif options.batch is not None:
        history.print_writes(options.batch, context=context, is_busy=is_busy, as_json=options.json)
    else:
        history.print_batches(context=context, is_busy=is_busy, as_json=options.json)
    # Last, because the listing itself fails with a better sentence if the journal is unreadable.
    _say_hindrance(hindrance)
    return ExitStatus.OK


def _self_check(options: argparse.Namespace, context: Context, cancel: threading.Event) -> int:
    print_line(selfcheck.run(cancel=cancel))
    return ExitStatus.OK
