"""The subcommands: each drives the pipeline, prints its events and returns the exit status."""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from genretagger import pipeline, selfcheck
from genretagger.cli import history
from genretagger.cli.demo import run_demo, run_sample_music
from genretagger.cli.hearing import hear, hear_what_comes, with_genres
from genretagger.cli.output import (
    ExitStatus,
    linked_sentence,
    print_json,
    print_line,
    result_line,
    result_record,
    say,
    show_progress,
)
from genretagger.cli.personal import run_personal
from genretagger.cli.verdicts import print_verdicts
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
from genretagger.core.writes import Policy, WriteRequest, WriteResult, WriteStatus
from genretagger.library.plan import read_plan
from genretagger.pipeline import Context
from genretagger.review.rows.job_report import count_linked

_LOCKED = "journal-locked"
_PLAN_ENCODING = "utf-8-sig"  # some editors put a byte order mark in front
_BAD = (WriteStatus.REFUSED, WriteStatus.FAILED)


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
) -> Iterator[WriteResult]:
    """Yield the results of a job; move the progress bar, and print all else.

    A recovered write is added to `announced`, and a problem to `problems`.
    """
    shown_events: Iterator[Recovered | WriteResult | Problem] = show_progress(events)
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
    return print_verdicts(hear(options, context, cancel), as_json=options.json)


def _watch(options: argparse.Namespace, context: Context, cancel: threading.Event) -> int:
    verdicts = hear_what_comes(options, context, cancel)
    return print_verdicts(verdicts, as_json=options.json)


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
    results = _results(events, announced=announced, problems=[])
    status = _report(judged, results, as_json=options.json, nothing=lambda: nothing)
    if options.dry_run and not options.json:
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
    status = _report([], results, as_json=options.json, nothing=nothing)
    return ExitStatus.SOME_FAILED if problems else status


def _nothing_to_undo(batch: str | None, problems: Sequence[Problem], *, context: Context) -> str:
    if problems:
        return "Nothing was undone. To undo another batch, give its name; `history` lists them."
    if batch is not None:
        return f"Nothing is left to undo in {batch}."
    if any(batch.written > batch.undone for batch in pipeline.history(context=context)):
        return "Nothing to undo. To try a batch again that was refused, give its name."
    return "Nothing to undo."


def _report(
    judged: Iterable[WriteResult],
    results: Iterable[WriteResult],
    *,
    as_json: bool,
    nothing: Callable[[], str],
) -> int:
    """Print the outcome for each file and, for people, a count; return the exit status."""
    counts: Counter[WriteStatus] = Counter()
    linked: list[WriteResult] = []
    try:
        for result in chain(judged, results):
            counts[result.status] += 1
            linked += [result] if result.linked else []
            if as_json:
                print_json(result_record(result))
            else:
                (say if result.status in _BAD else print_line)(result_line(result))
    finally:
        if counts and not as_json:
            say(", ".join(f"{n} {status.value}" for status, n in counts.items()))
        if linked:
            say(linked_sentence(count_linked(linked)))
    if not counts and not as_json and (sentence := nothing()):
        say(sentence)
    return ExitStatus.SOME_FAILED if any(counts[status] for status in _BAD) else ExitStatus.OK


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
