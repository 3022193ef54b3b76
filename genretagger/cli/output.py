"""The output of the command line: JSON lines, lines for people, sentences, a progress bar."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, TypeVar

from genretagger.core.errors import (
    Cancelled,
    GenreTaggerError,
    printable,
    printable_start,
    reason_of,
    shown,
)
from genretagger.core.events import HeardBefore, Progress
from genretagger.core.settings_file import Setting
from genretagger.core.writes import BatchSummary, WriteSummary
from genretagger.library.leaving_out import LeftOutNames

_Event = TypeVar("_Event")

_THOUSAND, _TEN = 1000, 10
_MOST_NAMES = 3


def say(sentence: str) -> None:
    """Print a sentence for the user on standard error."""
    print(printable(sentence), file=sys.stderr, flush=True)


class OutputError(Exception):
    """Standard output cannot be written: `| head` closed it, or the disk is full."""


def print_line(text: str) -> None:
    """Print a result for people; escape characters that could steer their terminal.

    Raises
    ------
    OutputError
        Standard output cannot be written.
    """
    _print(printable(text))


def print_json(record: dict[str, Any]) -> None:
    """Print one line of ASCII JSON, so that undecodable bytes of a path survive as surrogates.

    Raises
    ------
    OutputError
        Standard output cannot be written.
    """
    _print(json.dumps(record))


def print_bytes(content: bytes) -> None:
    """Print lines, each with CR and LF at its end, in UTF-8, whatever encoding the system has.

    On a terminal they are as safe as other lines; files and programs get them as they are.

    Raises
    ------
    OutputError
        Standard output cannot be written.
    """
    with _standard_output() as stream:
        if stream.isatty():
            lines = content.decode().split("\r\n")
            print("\n".join(map(printable, lines)), end="", file=stream, flush=True)
            return
        stream.flush()
        stream.buffer.write(content)
        stream.buffer.flush()


def _print(line: str) -> None:
    with _standard_output() as stream:
        print(line, file=stream, flush=True)


@contextmanager
def _standard_output() -> Iterator[TextIO]:
    if sys.stdout is None:  # closed by who started the program; `print` would do nothing
        raise OutputError(os.strerror(errno.EBADF))
    try:
        yield sys.stdout
    except OSError as error:
        # Python flushes the buffer again when it ends; that must not fail too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(reason_of(error)) from error


class HalfDoneError(Exception):
    """A job failed after its first result; `str()` is the sentence."""


def show_progress(
    events: Iterable[_Event | Progress], *, is_quiet: bool = False
) -> Iterator[_Event]:
    """Yield `events` except Progress, which moves a bar if standard error is a terminal.

    There is no bar if `is_quiet`.

    Raises
    ------
    HalfDoneError
        The job failed after its first event.
    GenreTaggerError
        The job failed before its first event.
    """
    return mark_half_done(_moving_bar(events, is_quiet=is_quiet))


def mark_half_done(events: Iterable[_Event]) -> Iterator[_Event]:
    """Yield `events`; distinguish a failure after the first event from one before it.

    Raises
    ------
    HalfDoneError
        The job failed after its first event.
    GenreTaggerError
        The job failed before its first event.
    """
    n_yielded = 0
    try:
        for event in events:
            n_yielded += 1
            yield event
    except Cancelled:
        raise
    except GenreTaggerError as error:
        if n_yielded:
            raise HalfDoneError(error) from error
        raise


def _moving_bar(events: Iterable[_Event | Progress], *, is_quiet: bool) -> Iterator[_Event]:
    from tqdm import tqdm  # takes as long to load as Python and all of this module

    with tqdm(disable=is_quiet or None, unit="file", file=sys.stderr, leave=False) as bar:
        for event in events:
            if isinstance(event, Progress):
                if event.total and bar.total != event.total:
                    bar.reset(event.total)
                bar.set_description(event.stage, refresh=False)
                bar.update(event.done - bar.n)
            else:
                bar.clear()
                yield event


def left_out_sentence(left: LeftOutNames) -> str:
    """Return the sentence that counts the names left out, with a few examples."""
    kinds = (
        ("folders of deleted files, previews and the like", left.system, ""),
        ("hidden folders of programs", left.hidden, "; the setting skip_hidden_folders"),
        ("files that macOS puts beside others", left.files, ""),
    )
    parts = [f"{kind}: {len(names)} ({_some(names)}{hint})" for kind, names, hint in kinds if names]
    return f"Left out: {'; '.join(parts)}."


def heard_before_sentence(before: HeardBefore) -> str:
    """Return the sentence that an update has tracks heard again."""
    n = f"{before.n_tracks}" if before.is_all else f"{before.n_tracks} or more"
    tracks = "1 track is" if before.is_all and before.n_tracks == 1 else f"{n} tracks are"
    return f"This version hears better: {tracks} heard again; your decisions stay."


def _some(names: Sequence[str]) -> str:
    """Return the first few of the different names as one text."""
    distinct = [shown(Path(name)) for name in dict.fromkeys(names)]
    more = ["..."] if len(distinct) > _MOST_NAMES else []
    return ", ".join(distinct[:_MOST_NAMES] + more)


def change_text(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """Return the change of the genres of a file as text for people."""
    old, new = (printable_start("; ".join(genres)) or "(none)" for genres in (before, after))
    return old if old == new else f"{old} -> {new}"


def batch_record(batch: BatchSummary) -> dict[str, Any]:
    """Return the JSON object of a batch in the history."""
    return {
        "batch": batch.batch,
        "at_utc": batch.at_utc,
        "policy": batch.policy,
        "written": batch.written,
        "undone": batch.undone,
        "state": batch.state.value,
        "size_bytes": batch.size_bytes,
    }


def batch_line(batch: BatchSummary) -> str:
    """Return a batch in the history as a line for people."""
    return (
        f"{batch.batch}  {batch.at_utc}  {batch.policy:<7}  {batch.written} written, "
        f"{batch.undone} undone  {batch.state.value}  {size_text(batch.size_bytes)}"
    )


def size_text(size_bytes: int) -> str:
    """Return a size on the disk as text for people."""
    size, unit = float(size_bytes), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if size < _THOUSAND:
            break
        size, unit = size / _THOUSAND, larger
    return f"{size:.0f} {unit}" if size >= _TEN or unit == "B" else f"{size:.1f} {unit}"


def write_record(write: WriteSummary) -> dict[str, Any]:
    """Return the JSON object of one write of a batch."""
    return {
        "number": write.number,
        "path": str(write.path),
        "state": write.state.value,
        "before": list(write.before),
        "after": list(write.after),
        "policy": write.policy or None,
        "reason": write.reason or None,
    }


def write_line(write: WriteSummary, *, batch_policy: str) -> str:
    """Return one write of a batch as a line for people, with its policy if that is another one."""
    notes = [write.policy if write.policy != batch_policy else "", write.reason]
    reason = "".join(f"  ({note})" for note in notes if note)
    change = change_text(write.before, write.after)
    return f"{write.state.value:<9}  {shown(write.path)}  {change}{reason}"


def setting_record(setting: Setting) -> dict[str, Any]:
    """Return the JSON object of a setting."""
    return {
        "name": setting.name,
        "value": setting.value,
        "default": setting.default,
        "meaning": setting.meaning,
    }


def setting_line(setting: Setting) -> str:
    """Return a setting as a line for people."""
    value, default = (
        json.dumps(v, ensure_ascii=False) for v in (setting.text, setting.default_text)
    )
    return f"{setting.name:<19} {value:<8} (default {default})  {setting.meaning}"
