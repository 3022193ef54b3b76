"""The sentences of the status bar: the stage of a job, its outcome, the counts of rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from genretagger.core.errors import GenreTaggerError
from genretagger.core.events import HeardBefore, Stage
from genretagger.core.writes import WriteResult, WriteStatus
from genretagger.gui.jobs.job_outcome import JobOutcome
from genretagger.gui.widgets.texts import (
    batch_text,
    error_text,
    number_text,
    path_text,
    state_words,
)
from genretagger.library.leaving_out import LeftOutNames
from genretagger.review.rows.job_report import count_linked
from genretagger.review.rows.rescan import Rescan
from genretagger.review.rows.row import State
from genretagger.review.statistics.tally import Tally

_translate = QCoreApplication.translate
_GAP = "   "


def stage_text(stage: Stage) -> str:
    """Return the sentence for a stage of a job."""
    match stage:
        case Stage.SAMPLES:
            return _translate("Status", "Making sample music…")
        case Stage.SCAN:
            return _translate("Status", "Looking for tracks…")
        case Stage.ANALYSE:
            return _translate("Status", "Listening…")
        case Stage.APPLY:
            return _translate("Status", "Writing…")
        case Stage.UNDO:
            return _translate("Status", "Undoing…")
        case Stage.READ:
            return _translate("Status", "Reading stored results…")
        case Stage.LEARN:
            return _translate("Status", "Learning…")


def folders_text(paths: Sequence[Path]) -> str:
    """Return the names of the analysed folders and files."""
    return ", ".join(path_text(path) for path in paths)


def heard_text(outcome: JobOutcome, tally: Tally, paths: Sequence[Path]) -> str:
    """Return the outcome of an analysis of `paths`; `tally` counts the rows."""
    if outcome.error is not None:
        return failure_text(outcome.error)
    pending, failed = tally.states[State.PENDING], tally.states[State.FAILED]
    if not outcome.completed:
        if not pending:
            return _translate("Status", "Stopped; what was analysed is kept.")
        return _translate("Status", "Stopped; tracks not analysed yet: {n}.").format(n=pending)
    if not tally.n_tracks:
        return _translate("Status", "No music was found in {folder}.").format(
            folder=folders_text(paths)
        )
    singular = _translate("Status", "Analysed 1 track.") if tally.n_heard == 1 else ""
    heard = (singular or _translate("Status", "Analysed {n} tracks.")).format(
        n=number_text(tally.n_heard)
    )
    return in_a_line(heard, joined([(_failed(), failed)]))


def heard_again_text(n_tracks: int) -> str:
    """Return how many of the shown tracks were heard again."""
    return _translate("Status", "Analysed again: {n}").format(n=number_text(n_tracks))


def heard_before_text(before: HeardBefore) -> str:
    """Return the message after an update that hears anew; the progress bar says how long."""
    n = "{n}" if before.is_all else _translate("Status", "{n} or more")
    text = _translate(
        "Status",
        "Genretagger was updated and hears better now, so tracks that it knew are heard again: "
        "{tracks}. Your decisions stay as they are, and you can stop and go on later.",
    )
    return text.format(tracks=n.format(n=number_text(before.n_tracks)))


def in_a_line(*texts: str) -> str:
    """Return those of `texts` that are not empty, in one line."""
    return _GAP.join(filter(None, texts))


def left_out_text(left: LeftOutNames) -> str:
    """Return the counts of what was left out because of its name; "" if nothing was."""
    counts = joined(
        [
            (_translate("Status", "bins, previews and the like: {n}"), len(left.system)),
            (_translate("Status", "hidden folders: {n}"), len(left.hidden)),
            (_translate("Status", "macOS files: {n}"), len(left.files)),
        ]
    )
    return in_a_line(_translate("Status", "Left out:"), counts) if counts else ""


def with_samples_text(text: str, folder: Path) -> str:
    """Return `text` and a sentence about the sample music that was heard."""
    about = _translate("Status", "The sample music is in {folder}; delete it whenever you like.")
    return _GAP.join((text, about.format(folder=path_text(folder))))


def unseen_text(paths: Sequence[Path]) -> str:
    """Return advice about folders that are missing."""
    text = _translate(
        "Status",
        "{folder} is not available right now. Connect its disk and press F5, "
        "or open another folder. Nothing is lost: your decisions and "
        "everything analysed so far are kept.",
    )
    return text.format(folder=folders_text(paths))


def rescan_text(rescan: Rescan) -> str:
    """Return the result of analysing folders again."""
    parts = [
        (_translate("Status", "new: {n}"), rescan.n_new),
        (_translate("Status", "changed: {n}"), rescan.n_changed),
        (_translate("Status", "gone: {n}"), rescan.n_gone),
    ]
    changes = joined(parts) or _translate("Status", "nothing has changed.")
    return in_a_line(_translate("Status", "Analysed again:"), changes)


def noticed_text(n_files: int) -> str:
    """Return the result of analysing files that came into watched folders."""
    return _translate("Status", "New or changed in watched folders: {n}").format(n=n_files)


def written_text(outcome: JobOutcome) -> str:
    """Return the outcome of a write or undo."""
    tally = dict.fromkeys(WriteStatus, 0)
    for result in outcome.results:
        tally[result.status] += 1
    parts = [
        (_translate("Status", "Written: {n}"), tally[WriteStatus.WRITTEN]),
        (_translate("Status", "Restored and undecided again: {n}"), tally[WriteStatus.RESTORED]),
        (_translate("Status", "Unchanged: {n}"), tally[WriteStatus.UNCHANGED]),
        (_translate("Status", "Skipped: {n}"), tally[WriteStatus.SKIPPED]),
        (_translate("Status", "Refused: {n}"), tally[WriteStatus.REFUSED]),
        (_failed(), tally[WriteStatus.FAILED]),
        (_translate("Status", "Not tried: {n}"), outcome.n_left),
        (_translate("Status", "Taken out, still accepted: {n}"), outcome.n_taken_out),
        (
            _translate(
                "Status", "Files with several names (hard links), all of which changed: {n}"
            ),
            count_linked(outcome.results),
        ),
    ]
    undone = ""
    if outcome.undone:
        undone = _translate("Status", "Undo of {what}:").format(what=batch_text(outcome.undone))
    stopped = _translate("Status", "Stopped.") if not (outcome.completed or outcome.error) else ""
    error = failure_text(outcome.error) if outcome.error else ""
    return in_a_line(error, stopped, undone, joined(parts))


def settled_text(result: WriteResult) -> str:
    """Return the outcome of a write that an earlier run left unsettled."""
    if result.reason is not None:
        return error_text(result.reason)
    undone = _translate(
        "Status", "Undoing the write of {path} was interrupted; it has now been undone."
    )
    done = _translate("Status", "Writing {path} was interrupted; it has now been completed.")
    text = undone if result.status is WriteStatus.RESTORED else done
    return text.format(path=path_text(result.path))


def failure_text(error: BaseException) -> str:
    """Return the sentence of a known error; bugs are shown in a dialog."""
    known = isinstance(error, GenreTaggerError)
    return error_text(error) if known else _translate("Status", "Something unexpected happened.")


def counts_texts(tally: Tally, *, n_shown: int) -> list[str]:
    """Return the number of rows, of rows that the filter shows, and of rows to write.

    The buttons above the table show the rows in each state.
    """
    total = tally.n_tracks
    counts = _filled([_tracks(tally), *_to_write(tally)])
    if n_shown == total:
        return counts
    text = _translate("Status", "{n} of {total} shown")
    return [text.format(n=number_text(n_shown), total=number_text(total)), *counts]


def all_counts_text(tally: Tally) -> str:
    """Return the numbers of the library in one line, by the words of status bar and buttons."""
    states = tally.agreeing_together()
    parts = [_tracks(tally), (_translate("Status", "analysed: {n}"), tally.n_heard)]
    parts += [(_state_text(state, tally), states[state]) for state in State]
    return joined([*parts, *_to_write(tally)])


def _state_text(state: State, tally: Tally) -> str:
    """Return the text of the count of a state; those with a finer genre are among what agrees."""
    n_finer = tally.states[State.FINER]
    if state is State.AGREES and n_finer:
        text = _translate("Status", "{state}: {n} ({finer} with a finer genre)")
        return text.format(state=state_words()[state], finer=number_text(n_finer), n="{n}")
    return _translate("Status", "{state}: {n}").format(state=state_words()[state], n="{n}")


def to_write_text(tally: Tally) -> str:
    """Return how many accepted files a write would change, and how many it would not."""
    return joined(_to_write(tally))


def _to_write(tally: Tally) -> list[tuple[str, int]]:
    return [
        (_translate("Status", "To write: {n}"), tally.n_to_write),
        (_translate("Status", "Accepted, nothing to write: {n}"), tally.n_staying),
    ]


def _tracks(tally: Tally) -> tuple[str, int]:
    return _translate("Status", "Tracks: {n}"), tally.n_tracks


def _failed() -> str:
    return _translate("Status", "Failed: {n}")


def joined(parts: list[tuple[str, int]]) -> str:
    """Return the texts with a count above zero, with the count filled in."""
    return in_a_line(*_filled(parts))


def _filled(parts: list[tuple[str, int]]) -> list[str]:
    return [text.format(n=number_text(n)) for text, n in parts if n]
