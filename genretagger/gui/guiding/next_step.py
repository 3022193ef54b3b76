"""What to say once a job is over, and what to offer next; all of it follows from counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QCoreApplication

from genretagger.core.writes import WriteStatus
from genretagger.gui.jobs.job_outcome import JobOutcome, Task
from genretagger.gui.shell.status_texts import failure_text, in_a_line, to_write_text
from genretagger.gui.widgets.texts import number_text
from genretagger.review.filter.filters import TO_DECIDE
from genretagger.review.rows.row import State
from genretagger.review.statistics.tally import Tally

_WITHOUT_GENRE = (State.NOT_MUSIC, State.SILENT, State.TOO_SHORT, State.FAILED)
_DECIDED = (State.ACCEPTED, State.REJECTED, State.WRITTEN)
_MOST_OFFERS = 3
_translate = QCoreApplication.translate


class OfferKind(Enum):
    """What a button of the strip does; the first ones have room where not all have."""

    RESULT = auto()
    UNDO = auto()
    CONTINUE = auto()
    WRITE = auto()
    ACCEPT = auto()
    LOOK = auto()
    SHOW_WRITTEN = auto()
    FAILED = auto()


_PRIORITY: Final = tuple(OfferKind)


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to do next: on how many tracks, and in which state these are."""

    kind: OfferKind
    n: int
    state: State | None = None


@dataclass(slots=True)
class NextStep:
    """Sentences and offers, as they are put together."""

    sentences: list[str] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All sentences in one line."""
        return in_a_line(*self.sentences)

    def say(self, sentence: str, *offers: Offer) -> None:
        """Add a sentence, and what it offers."""
        self.sentences.append(sentence)
        self.offers += offers

    def trim(self) -> NextStep:
        """Keep the most important offers, each kind once."""
        by_kind = {offer.kind: offer for offer in self.offers}
        kinds = [kind for kind in _PRIORITY if kind in by_kind][:_MOST_OFFERS]
        self.offers = [by_kind[kind] for kind in kinds]
        return self


def find_next_step(outcome: JobOutcome | None, tally: Tally, *, n_sure: int) -> NextStep:
    """Return what to say and to offer, beginning with the job that is just over, if any.

    There is nothing to say where there are no tracks. Of those without a genre, the threshold
    accepts `n_sure`.
    """
    step = NextStep()
    if not tally.n_tracks:
        return step
    if outcome is not None:
        _tell_outcome(step, outcome)
    result_is_said = outcome is not None and outcome.n_not_done > 0
    _tell_rows(step, tally, n_sure=n_sure, result_is_said=result_is_said)
    failed = tally.states[State.FAILED]
    if failed and outcome is not None and outcome.task is Task.ANALYSE:
        step.say(
            _counted(
                failed,
                _translate("NextStep", "1 track failed."),
                _translate("NextStep", "{n} tracks failed."),
            ),
            Offer(OfferKind.FAILED, failed, State.FAILED),
        )
    return step.trim()


# The job that is over


def _tell_outcome(step: NextStep, outcome: JobOutcome) -> None:
    if outcome.error is not None:
        step.say(failure_text(outcome.error))
    counts = Counter(result.status for result in outcome.results)
    if outcome.task is Task.WRITE:
        _tell_write(step, counts[WriteStatus.WRITTEN], outcome)
    elif outcome.task is Task.UNDO:
        _tell_undo(step, counts[WriteStatus.RESTORED], outcome)


def _tell_write(step: NextStep, n_written: int, outcome: JobOutcome) -> None:
    if n_written:
        step.say(
            _counted(
                n_written,
                _translate("NextStep", "1 file written."),
                _translate("NextStep", "{n} files written."),
            ),
            Offer(OfferKind.UNDO, n_written),
            Offer(OfferKind.SHOW_WRITTEN, n_written, State.WRITTEN),
        )
    elif outcome.error is None:
        step.say(_translate("NextStep", "No file was written."))
    _tell_not_done(
        step,
        outcome.n_not_done,
        _translate("NextStep", "1 file was not."),
        _translate("NextStep", "{n} files were not."),
    )


def _tell_undo(step: NextStep, n_restored: int, outcome: JobOutcome) -> None:
    if n_restored:
        step.say(
            _counted(
                n_restored,
                _translate("NextStep", "1 file is as it was before."),
                _translate("NextStep", "{n} files are as they were before."),
            )
        )
    elif outcome.error is None:
        step.say(_translate("NextStep", "No file was restored."))
    _tell_not_done(
        step,
        outcome.n_not_done,
        _translate("NextStep", "1 file is not."),
        _translate("NextStep", "{n} files are not."),
    )


def _tell_not_done(step: NextStep, n: int, one: str, several: str) -> None:
    if n:
        step.say(_counted(n, one, several), Offer(OfferKind.RESULT, n))


# The tracks, as they are


def _tell_rows(step: NextStep, tally: Tally, *, n_sure: int, result_is_said: bool) -> None:
    """Say what is left to do, the first of it only: the states above the table say the rest."""
    if not _count(tally, (*TO_DECIDE, State.PENDING)):
        _tell_all_done(step, tally)
        return
    pending = tally.states[State.PENDING]
    if pending:
        step.say(
            _counted(
                pending,
                _translate("NextStep", "1 track is not analysed yet."),
                _translate("NextStep", "{n} tracks are not analysed yet."),
            ),
            Offer(OfferKind.CONTINUE, pending, State.PENDING),
        )
    if tally.n_to_write and not result_is_said:
        _tell_to_write(step, tally)
    for state in TO_DECIDE:
        if tally.states[state]:
            _tell_open(step, state, tally.states[state], n_sure=n_sure)
            return


def _tell_all_done(step: NextStep, tally: Tally) -> None:
    if tally.n_to_write:
        step.say(_translate("NextStep", "Everything is decided."))
    elif _count(tally, _DECIDED):
        step.say(_translate("NextStep", "All done: nothing left to decide or write."))
    elif tally.n_tracks > _count(tally, _WITHOUT_GENRE):
        step.say(_translate("NextStep", "Nothing to do: the genres agree with what was heard."))
    else:
        step.say(_translate("NextStep", "Nothing here can be given a genre."))
    _tell_to_write(step, tally)


def _tell_to_write(step: NextStep, tally: Tally) -> None:
    if text := to_write_text(tally):
        n = tally.n_to_write
        step.say(text, *([Offer(OfferKind.WRITE, n, State.ACCEPTED)] if n else []))


def _count(tally: Tally, states: Iterable[State]) -> int:
    return sum(tally.states[state] for state in states)


def _tell_open(step: NextStep, state: State, n: int, *, n_sure: int) -> None:
    look = Offer(OfferKind.LOOK, n, state)
    match state:
        case State.MISSING if n_sure:
            single = _translate("NextStep", "1 track without a genre can get one; it is sure.")
            several = _translate(
                "NextStep", "{n} tracks without a genre can get one, {sure} of them sure."
            )
            accept = Offer(OfferKind.ACCEPT, n_sure, state)
            step.say(_counted(n, single, several, sure=n_sure), accept, look)
        case State.MISSING:
            single = _translate("NextStep", "1 track without a genre can get one; it is not sure.")
            several = _translate(
                "NextStep", "{n} tracks without a genre can get one, none of them sure."
            )
            step.say(_counted(n, single, several), look)
        case State.UNSURE:
            single = _translate("NextStep", "1 track is unsure: better listen to it.")
            several = _translate("NextStep", "{n} tracks are unsure: better listen to them.")
            step.say(_counted(n, single, several), look)
        case _:
            single = _translate("NextStep", "1 track has a different genre from the one heard.")
            several = _translate(
                "NextStep", "{n} tracks have a different genre from the one heard."
            )
            step.say(_counted(n, single, several), look)


def _counted(n: int, single: str, several: str, **more: int) -> str:
    """Return the sentence for one or for several, with the numbers filled in."""
    values: Iterable[tuple[str, int]] = (("n", n), *more.items())
    texts = {name: number_text(value) for name, value in values}
    return (single if n == 1 else several).format(**texts)
