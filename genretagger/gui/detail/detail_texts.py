"""The texts of the detail pane: bars, agreement of the album, facts, sums over rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import floor

from PySide6.QtCore import QCoreApplication, QLocale

from genretagger.core.predictions import Prediction, Unsure
from genretagger.core.tracks import FileFacts, TrackDetails
from genretagger.core.vocabulary import vocabulary
from genretagger.core.writes import Action
from genretagger.gui.detail.timeline_layout import clock
from genretagger.gui.widgets.condition_texts import condition_text, kind_text
from genretagger.gui.widgets.level_texts import album_text, style_name
from genretagger.gui.widgets.score_chart import CHOSEN_MARK, PRESENT_MARK, Bar
from genretagger.gui.widgets.texts import (
    genres_text,
    number_text,
    percent,
    shown_length,
    state_words,
)
from genretagger.review.rows.choices import N_KEYS, Choice, list_choices
from genretagger.review.rows.genre_changes import Deed, foresee_change
from genretagger.review.rows.naming import name_genre
from genretagger.review.rows.row import Row, State
from genretagger.review.rows.suggestion_mark import WriteRules, suggests

_translate = QCoreApplication.translate
_MOST_BARS = 12
_LEAST_SHARE = 0.05  # of a bar that no key takes
_HUNDRED = 100


def bars_of(row: Row) -> tuple[Bar, ...]:
    """Return what a row offers as bars, in the order of the keys; none if no music was heard."""
    if row.prediction is None or not row.is_music:
        return ()
    return _bars(row, row.prediction, list_choices(row), row.genre, n_keys=N_KEYS)


def bars_beside(row: Row, own: Prediction) -> tuple[Bar, ...]:
    """Return the scores of the personal classifier beside the model, which no key takes."""
    if own.unsure is Unsure.NOT_MUSIC:
        return ()
    scores = [Choice(score.genre, score.score) for score in own.scores]
    return _bars(row, own, scores, own.genre, n_keys=0)


def _bars(
    row: Row, said_by: Prediction, choices: Sequence[Choice], first: str | None, *, n_keys: int
) -> tuple[Bar, ...]:
    key = vocabulary().key
    present = {key(genre) for genre in row.current_genres}
    given = row.decision.genres if row.decision else row.suggested if row.is_ruled else ()
    chosen = {key(genre) for genre in given}
    suggested = first if suggests(row) else None
    bars: list[Bar] = []
    for rank, choice in enumerate(choices):
        share = choice.share or 0.0
        name, text = name_genre(said_by, choice.genre), percent(share)
        is_chosen = key(name) in chosen if chosen else choice.genre == suggested
        is_present = key(name) in present
        shown = style_name(name) if choice.is_style else name
        bars.append(
            Bar(
                shown,
                share,
                text,
                _spoken(row, shown, text, is_chosen=is_chosen, is_present=is_present),
                str(rank + 1) if rank < n_keys else "",
                is_chosen,
                is_present,
            )
        )
    return tuple(bars)


def notable(bars: Sequence[Bar]) -> tuple[Bar, ...]:
    """Return the bars that say something: the first three, marked ones, and others from 5 % on."""
    return tuple(
        bar
        for rank, bar in enumerate(bars)
        if rank < N_KEYS
        or bar.is_chosen
        or bar.is_present
        or (bar.share >= _LEAST_SHARE and rank < _MOST_BARS)
    )


def others_text(bars: Sequence[Bar]) -> str:
    """Return how many of `bars` are not notable, and below which share all of them are."""
    kept = notable(bars)
    rest = [bar.share for bar in bars if bar not in kept]
    if not rest:
        return ""
    bound = percent((floor(max(rest) * _HUNDRED) + 1) / _HUNDRED)
    text = _translate("Details", "{n} others below {share}")
    if len(rest) == 1:
        text = _translate("Details", "1 other below {share}")
    return text.format(n=len(rest), share=bound)


def _spoken(row: Row, name: str, number: str, *, is_chosen: bool, is_present: bool) -> str:
    text = _translate("Details", "{genre}: {number}").format(genre=name, number=number)
    parts = [text]
    if is_chosen:
        parts.append(chosen_word(row))
    if is_present:
        parts.append(_translate("Details", "in the file"))
    return ", ".join(parts)


def chosen_word(row: Row) -> str:
    """Return the word for the marked bar."""
    if row.decision is None:
        return _translate("Details", "suggested")
    if row.decision.action is Action.REJECT:
        return _translate("Details", "rejected")
    return _translate("Details", "your choice")


def legend(row: Row, bars: Sequence[Bar]) -> str:
    """Return the meaning of the marks that are in the chart, and what it leaves out of `bars`."""
    parts = []
    if any(bar.is_chosen for bar in bars):
        parts.append(f"{CHOSEN_MARK} {chosen_word(row)}")
    if any(bar.is_present for bar in bars):
        parts.append(f"{PRESENT_MARK} {_translate('Details', 'in the file')}")
    return "\n".join(filter(None, ("    ".join(parts), others_text(bars))))


def genres_line(row: Row, rules: WriteRules) -> str:
    """Return the genres that the file has, and those that it gets or is kept from getting.

    A finer genre stays until the user decides on the row.
    """
    now = genres_text(row.current_genres) or _translate("Details", "no genre")
    change = foresee_change(row, rules)
    if change is None or change.deed is Deed.HAVE or row.state is State.FINER:
        return now
    text, wanted = _translate("Details", "{now} ↛ {wanted}"), row.suggested
    if change.changes_file:
        text, wanted = _translate("Details", "{now} → {wanted}"), (*change.kept, *change.new)
    return text.format(now=now, wanted=genres_text(wanted))


def agreement_text(row: Row) -> str:
    """Return how many tracks of its album sound like a row; empty if its state says so."""
    album, prediction = row.album, row.prediction
    if album is None or prediction is None or row.style is not None:
        return ""
    if row.decision is None and album.majority is None and album_text(row):
        return ""  # the text of the state says it
    if not album.n_agreeing:
        text = _translate("Details", "No other track on this album sounds like {genre}.")
        return text.format(genre=name_genre(prediction))
    text = _translate("Details", "{n} of {total} other tracks on this album sound like {genre}.")
    return text.format(n=album.n_agreeing, total=album.n_others, genre=name_genre(prediction))


# Facts


def facts_of(row: Row, details: TrackDetails | None) -> list[tuple[str, str]]:
    """Return names and values of facts about a file; without `details`, those the row knows."""
    facts = details.facts if details else None
    pairs = [
        (_translate("Facts", "Year"), facts.date if facts else ""),
        (_translate("Facts", "Track"), facts.track_number if facts else ""),
        (_translate("Facts", "Disc"), facts.disc_number if facts else ""),
        (_translate("Facts", "Composer"), facts.composer if facts else ""),
        (_translate("Facts", "Label"), facts.label if facts else ""),
        (_translate("Facts", "Album artist"), _album_artist(row)),
        (_translate("Facts", "Length"), _length_of(row)),
        (_translate("Facts", "Audio"), _audio_text(row, facts)),
        (_translate("Facts", "Condition"), _condition_of(row, details)),
        (_translate("Facts", "Size"), _size_text(details)),
    ]
    return [(name, text) for name, text in pairs if text]


def _condition_of(row: Row, details: TrackDetails | None) -> str:
    parts = [condition_text(row.track.tags) if row.track else ""]
    if details is not None and details.is_protected:
        parts.append(_translate("Facts", "write-protected"))
    return "; ".join(filter(None, parts))


def deciding_s(details: TrackDetails) -> float:
    """Return where the deciding segment begins; 0 if there is none."""
    if details.deciding is None:
        return 0.0
    return details.segments[details.deciding].start_s


def _album_artist(row: Row) -> str:
    tags = row.track.tags if row.track else None
    return tags.album_artist if tags and tags.album_artist != tags.artist else ""


def _length_of(row: Row) -> str:
    if row.track is None:
        return ""
    tags = row.track.tags
    return shown_length(length_text(tags.duration_s), is_estimated=tags.duration_estimated)


def length_text(seconds: float | None) -> str:
    """Return a length as hours, minutes and seconds; empty if it is unknown."""
    return "" if seconds is None else clock(round(seconds))


def _audio_text(row: Row, facts: FileFacts | None) -> str:
    parts = [kind_text(row)]
    if facts is not None and facts.is_film:
        parts.append(_translate("Facts", "the sound of a video"))
    if facts is not None:
        localised = QLocale().toString
        if facts.sample_rate_hz:
            khz = localised(facts.sample_rate_hz / 1000, "g", 6)
            parts.append(_translate("Facts", "{n} kHz").format(n=khz))
        if facts.bits_per_sample:
            parts.append(_translate("Facts", "{n} bit").format(n=facts.bits_per_sample))
        if facts.bitrate_bps:
            kbps = localised(round(facts.bitrate_bps / 1000))
            parts.append(_translate("Facts", "{n} kbit/s").format(n=kbps))
        parts.append(_channels_text(facts.channels))
    return ", ".join(filter(None, parts))


def _channels_text(channels: int | None) -> str:
    match channels:
        case None:
            return ""
        case 1:
            return _translate("Facts", "mono")
        case 2:
            return _translate("Facts", "stereo")
        case _:
            return _translate("Facts", "{n} channels").format(n=channels)


def _size_text(details: TrackDetails | None) -> str:
    size = details.size_bytes if details else None
    return QLocale().formattedDataSize(size) if size is not None else ""


# Several rows


@dataclass(slots=True)
class Summing:
    """Counts genres and states of rows, in several calls."""

    genres: Counter[str] = field(default_factory=Counter)
    states: Counter[State] = field(default_factory=Counter)

    def add(self, rows: Iterable[Row]) -> None:
        """Count more rows."""
        for row in rows:
            self.states[row.state] += 1
            if row.prediction is not None and row.state is not State.NOT_MUSIC:
                self.genres[name_genre(row.prediction, row.genre)] += 1

    def bars(self) -> tuple[Bar, ...]:
        """Return the genres heard as bars, the most frequent first."""
        total = self.genres.total()
        spoken = _translate("Details", "{genre}: {number}")
        return tuple(
            Bar(name, n / total, number_text(n), spoken.format(genre=name, number=number_text(n)))
            for name, n in self.genres.most_common(_MOST_BARS)
        )

    def states_text(self) -> str:
        """Return how many rows are in each state."""
        words = state_words()
        text = _translate("Details", "{state}: {n}")
        return "\n".join(
            text.format(state=words[state], n=number_text(n))
            for state, n in self.states.most_common()
        )
