"""Sentences about decisions: how many tracks, how many were left out, what is undone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from genretagger.review.rows.bulk_actions import ActionKind, BulkResult, SkipReason
from genretagger.review.rows.undo_stack import UndoStep

_translate = QCoreApplication.translate
_BETWEEN = "   "


def tally_text(result: BulkResult, *, n_hidden: int = 0) -> str:
    """Return what was done, what was left out and why; the filter hides `n_hidden` of the rows."""
    parts = [_done(result.kind).format(n=result.n_done)]
    if result.left_out:
        reason = _translate("Decide", "{reason} ({n})")
        reasons = [
            reason.format(reason=_reason(why), n=result.left_out[why])
            for why in SkipReason
            if result.left_out[why]
        ]
        left_out = _translate("Decide", "Left out: {reasons}")
        parts.append(left_out.format(reasons=", ".join(reasons)))
    if result.n_overruled:
        text = _translate("Decide", "Decided otherwise before: {n}")
        parts.append(text.format(n=result.n_overruled))
    if n_hidden:
        parts.append(_translate("Decide", "Hidden by the filter: {n}").format(n=n_hidden))
    return _BETWEEN.join(parts)


def idle_text(result: BulkResult) -> str:
    """Return why an action did nothing to the only track that it was meant for."""
    reason = next(iter(+result.left_out), None)
    return _already(result.kind) if reason is None else _why_idle(reason)


def _already(kind: ActionKind) -> str:
    match kind:
        case ActionKind.REJECT:
            return _translate("Decide", "This track is rejected already.")
        case ActionKind.TAKE_BACK:
            return _translate("Decide", "There is no decision on this track to take back.")
        case _:
            return _translate("Decide", "This track is accepted with this genre already.")


def _why_idle(why: SkipReason) -> str:
    match why:
        case SkipReason.NOT_HEARD:
            return _translate(
                "Decide", "This track was not heard, so nothing is suggested; its state says why."
            )
        case SkipReason.NOT_MUSIC:
            return _translate(
                "Decide",
                "This does not sound like music: type a genre (F2), or press 1 for the "
                "closest match.",
            )
        case SkipReason.NO_GENRE:
            return _translate(
                "Decide", "This track offers no such genre: the details number what it offers."
            )
        case SkipReason.LEFT_ALONE:
            return _translate(
                "Decide",
                "A rule of yours leaves this track alone: type a genre (F2), or forget the rule in "
                "the menu Genres.",
            )
        case _:
            return _translate("Decide", "Left out: {reasons}").format(reasons=_reason(why))


def step_text(step: UndoStep) -> str:
    """Return the name of a step for the actions undo and redo."""
    return _step(step.kind).format(n=len(step.rows))


def _done(kind: ActionKind) -> str:
    match kind:
        case ActionKind.ACCEPT:
            return _translate("Decide", "Accepted: {n}")
        case ActionKind.REJECT:
            return _translate("Decide", "Rejected: {n}")
        case ActionKind.TAKE_BACK:
            return _translate("Decide", "Decisions taken back: {n}")
        case ActionKind.GIVE:
            return _translate("Decide", "Genre set for tracks: {n}")
        case ActionKind.ACCEPT_ALBUM:
            return _translate("Decide", "Accepted in the album: {n}")
        case ActionKind.COPY:
            return _translate("Decide", "Copied to other tracks of the album: {n}")
        case ActionKind.UNIFORM:
            return _translate("Decide", "Album made uniform, tracks: {n}")
        case ActionKind.RESPELL:
            return _translate("Decide", "New spellings accepted, not yet written: {n}")


def _step(kind: ActionKind) -> str:
    match kind:
        case ActionKind.ACCEPT:
            return _translate("Decide", "accept (tracks: {n})")
        case ActionKind.REJECT:
            return _translate("Decide", "reject (tracks: {n})")
        case ActionKind.TAKE_BACK:
            return _translate("Decide", "take back (tracks: {n})")
        case ActionKind.GIVE:
            return _translate("Decide", "set genre (tracks: {n})")
        case ActionKind.ACCEPT_ALBUM:
            return _translate("Decide", "accept album (tracks: {n})")
        case ActionKind.COPY:
            return _translate("Decide", "copy to album (tracks: {n})")
        case ActionKind.UNIFORM:
            return _translate("Decide", "make album uniform (tracks: {n})")
        case ActionKind.RESPELL:
            return _translate("Decide", "change spelling (tracks: {n})")


def _reason(why: SkipReason) -> str:
    return {
        SkipReason.NOT_HEARD: _translate("Decide", "not heard"),
        SkipReason.NOT_MUSIC: _translate("Decide", "not music"),
        SkipReason.UNSURE: _translate("Decide", "unsure"),
        SkipReason.LEFT_ALONE: _translate("Decide", "left alone by a rule"),
        SkipReason.RULED: _translate("Decide", "suggested by a rule"),
        SkipReason.FINER: _translate("Decide", "with a finer genre already"),
        SkipReason.READ_ONLY: _translate("Decide", "cannot be written"),
        SkipReason.FAILED: _translate("Decide", "failed"),
        SkipReason.REJECTED: _translate("Decide", "rejected"),
        SkipReason.NO_GENRE: _translate("Decide", "nothing more is offered"),
        SkipReason.SETTLED: _translate("Decide", "already decided"),
        SkipReason.BELOW: _translate("Decide", "below the threshold"),
    }[why]
