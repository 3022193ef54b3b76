"""The subcommands `demo` and `sample-music`, which show a newcomer the program's main job."""

from __future__ import annotations

import argparse
import shlex
import shutil
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from genretagger import pipeline
from genretagger.cli.hearing import report_remarks, require_existing
from genretagger.cli.names import FileNames
from genretagger.cli.outcomes import reason_left_alone
from genretagger.cli.output import change_text, print_line, say, show_progress
from genretagger.core.errors import shown
from genretagger.core.events import TrackFound
from genretagger.core.file_kinds import Condition, condition
from genretagger.core.logs import log_without_file, start_logging
from genretagger.core.percent import floor_percent
from genretagger.core.predictions import Unsure
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.core.writes import Policy, WriteRequest, WriteResult, WriteStatus
from genretagger.pipeline import Context
from genretagger.review.rows.naming import name_genre
from genretagger.review.rows.row import Row, State

if TYPE_CHECKING:  # these load NumPy
    from genretagger.pipeline import SampleMade
    from genretagger.pipeline.stream import Analysis

_WIDTH: Final = 80  # if the width of the terminal is unknown
_LEAST_NAME: Final = 20
_HEADINGS: Final = ("state", "in the file", "heard", "sure", "file")
_CONFIDENCE: Final = 0.8
_REFUSED: Final = (WriteStatus.REFUSED, WriteStatus.FAILED)


def run_sample_music(options: argparse.Namespace, context: Context, cancel: threading.Event) -> int:
    """Make the sample library and list its files.

    Raises
    ------
    SampleError
        The folder is not empty, or cannot be written.
    """
    folder = options.folder.absolute()
    made: Iterator[SampleMade] = show_progress(pipeline.make_samples(folder, cancel=cancel))
    for sample in made:
        print_line(f"{shown(sample.path)}  ({sample.about})")
    say(f"All of it is synthesised; delete {shown(folder)} whenever you like.")
    return 0


def run_demo(options: argparse.Namespace, context: Context, cancel: threading.Event) -> int:
    """Hear music, print the verdicts and what a write would change; write nothing.

    Without a path, the demo hears sample music and deletes it afterwards, with all its results.

    Raises
    ------
    GenreTaggerError
        The path does not exist, or nothing can be heard.
    """
    if options.path is not None:
        require_existing([options.path])
        start_logging(context.folders, debug=options.debug)
        _show(options.path.absolute(), context=context, cancel=cancel)
        return 0
    log_without_file(debug=options.debug)
    with tempfile.TemporaryDirectory(prefix="genretagger-demo-") as temporary:
        folder = Path(temporary, "Sample music")
        print_line("Making sample music (some 10 s), which is removed at the end ...")
        for _made in show_progress(pipeline.make_samples(folder, cancel=cancel)):
            pass
        private = pipeline.Context(UserFolders(Path(temporary, "home")), Settings())
        _show(folder, context=private, cancel=cancel)
    return 0


def _show(path: Path, *, context: Context, cancel: threading.Event) -> None:
    print_line("Listening; nothing is written ...")
    print_line("")
    print_line(_line(*_HEADINGS))
    judged: list[WriteRequest | WriteResult] = []
    unsure: Counter[Unsure] = Counter()
    unheard: list[str] = []
    refused: list[str] = []
    verdicts, names = pipeline.analyse([path], context=context, cancel=cancel), FileNames([path])
    # The analysis ends before its files are removed, even if the output is closed early.
    with closing(pipeline.rows_with_albums(verdicts, context=context)) as events:
        for row in _in_order(report_remarks(show_progress(events))):
            print_line(_row_line(row, names=names))
            if row.error is not None:
                unheard.append(names.sentence(row.error))
                continue
            judged.append(pipeline.request_for(row, min_confidence=_CONFIDENCE, policy=Policy.FILL))
            unsure.update([row.unsure] if row.unsure and row.state is State.UNSURE else [])
            refused += [names.sentence(row.read_only)] if row.read_only else []
    if not (judged or unheard):
        print_line(f"No music was found in {shown(path)}.")
    reasons = (f"{reason.value}: {n}" for reason, n in unsure.most_common())
    _print_block("Unsure, however high the percentage:", reasons)
    _print_block("Not heard:", unheard)
    _show_changes(judged, refused, names=names, context=context, cancel=cancel)
    _print_block("What next, where FOLDER is your music:", _what_next())


def _in_order(events: Iterable[Analysis | Row]) -> Iterator[Row]:
    """Yield the rows in the order of the scan, each as early as possible."""
    waiting: dict[Path, Row | None] = {}
    for event in events:
        match event:
            case TrackFound(track):
                waiting[track.path] = None
            case Row(path):
                waiting[path] = event
        while waiting and (first := waiting[path := next(iter(waiting))]) is not None:
            del waiting[path]
            yield first


def _row_line(row: Row, *, names: FileNames) -> str:
    heard = sure = ""
    confidence = row.effective_confidence
    if row.prediction is not None and confidence is not None and row.doubt is not Unsure.NOT_MUSIC:
        heard, sure = name_genre(row.prediction, row.genre), f"{floor_percent(confidence)}%"
    genres = "; ".join(row.current_genres) or "-"
    name = names.name(row.path)
    return _line(row.state.value, genres, heard, sure, name, note=_note(row))


def _note(row: Row) -> str:
    """Return the condition of a damaged file that can still be heard, "" for a whole file."""
    state = condition(row.track.tags) if row.track else Condition.WHOLE
    return "" if state is Condition.WHOLE else f" ({state.value})"


def _line(state: str, genres: str, heard: str, sure: str, name: str, *, note: str = "") -> str:
    """Return a line that fits the terminal; long genres lose their end, long names their start."""
    front = f"{state:<14}  {_cut(genres, 14):<14}  {_cut(heard, 10):<10}  {sure:>4}  "
    room = max(_LEAST_NAME, shutil.get_terminal_size((_WIDTH, 0)).columns - len(front)) - len(note)
    return front + (name if len(name) <= room else f"...{name[3 - room :]}") + note


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _show_changes(
    judged: list[WriteRequest | WriteResult],
    refused: list[str],
    *,
    names: FileNames,
    context: Context,
    cancel: threading.Event,
) -> None:
    """Print the changes and refusals of a dry run that fills in confident genres.

    refused : reasons why heard files cannot be written, whatever their genre
    """
    requests = [answer for answer in judged if isinstance(answer, WriteRequest)]
    events = pipeline.apply(
        requests, context=context, policy=Policy.FILL, cancel=cancel, dry_run=True
    )
    results = [event for event in events if isinstance(event, WriteResult)]
    lines = [
        f"{names.name(result.path)}  {change_text(result.before, result.after)}"
        for result in results
        if result.status is WriteStatus.WRITTEN
    ]
    title = f"A write from {_CONFIDENCE:.0%} on, where there is no genre, would change (a dry run):"
    _print_block(title, lines or ["nothing"])
    _print_left_alone((*judged, *results))
    failed = [
        names.sentence(result.reason)
        for result in results
        if result.reason and result.status in _REFUSED
    ]
    _print_block("Cannot be written:", dict.fromkeys([*refused, *failed]))


def _print_left_alone(results: Iterable[WriteRequest | WriteResult]) -> None:
    left_alone = Counter(
        reason_left_alone(result, Policy.FILL)
        for result in results
        if isinstance(result, WriteResult) and result.status not in (*_REFUSED, WriteStatus.WRITTEN)
    )
    left = [f"{n} {reason}" for reason, n in left_alone.most_common()]
    if left:
        print_line(f"It would leave alone: {', '.join(left)}.")


def _what_next() -> Iterator[str]:
    program = shlex.quote(_program())
    calls = {
        "FOLDER": "opens the window",
        "analyse FOLDER": "writes nothing",
        f"apply --min-confidence {_CONFIDENCE} FOLDER": "writes; undo reverts",
    }
    width = max(map(len, calls))
    for call, effect in calls.items():
        yield f"{program} {call:<{width}}  {effect}"


def _program() -> str:
    """Return the command that starts this program from the current folder."""
    found = shutil.which("genretagger")
    if getattr(sys, "frozen", False):
        program = Path(sys.executable)
        is_found = found is not None and Path(found).resolve() == program.resolve()
        return "genretagger" if is_found else shown(program)
    if found:
        return "genretagger"
    beside = Path(sys.executable).with_name("genretagger")
    if not beside.exists():
        return f"{Path(sys.executable).name} -m genretagger"
    return shown(beside.relative_to(Path.cwd()) if Path.cwd() in beside.parents else beside)


def _print_block(title: str, lines: Iterable[str]) -> None:
    texts = tuple(lines)
    if texts:
        print_line("")
        print_line(title)
        for text in texts:
            print_line(f"  {text}")
