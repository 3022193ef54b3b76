"""The sentences of the overview, and the filters that its parts lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from genretagger.core.errors import printable
from genretagger.core.percent import HUNDRED
from genretagger.core.predictions import Level
from genretagger.core.vocabulary import agrees_with_heard
from genretagger.gui.widgets.charts import PairOfBars
from genretagger.gui.widgets.level_texts import level_word
from genretagger.gui.widgets.texts import percent
from genretagger.review.filter.filter_syntax import quoted
from genretagger.review.statistics.confusion import DisputedPair
from genretagger.review.statistics.genre_counts import GenreCount, GenreCounts
from genretagger.review.statistics.overview import N_BINS, Overview, TrustLevel

_translate = QCoreApplication.translate
_MOST_TEXTS = 12
NO_GENRE_FILTER = 'now:""'


def now_filter(overview: Overview, genre: str) -> str:
    """Return the filter for the files that have a genre now."""
    return f"now:{_any_of(overview.written_as.get(genre, ()), genre)}"


def tally_filter(overview: Overview, count: GenreCount) -> str:
    """Return the filter for the files of a bar, or for those that get its genre if none has it."""
    if count.with_styles:  # however many: nothing shorter finds the same files
        names = _exactly(count.with_styles)
        return f"now:{names}" if count.before else f"suggested:{names} state:accepted"
    if count.before:
        return now_filter(overview, count.name)
    return f"suggested:{_any_of((count.name,), count.name)} state:accepted"


def pair_filter(overview: Overview, tagged: str, heard: str) -> str:
    """Return the filter for the files that have a genre and sound like another."""
    names = _any_of(overview.heard_as.get(heard, ()), heard)
    return f"{now_filter(overview, tagged)} heard:{names}"


def disputed_filter(overview: Overview, pair: DisputedPair) -> str:
    """Return the filter for a disputed pair, without the files that have both genres."""
    text = pair_filter(overview, pair.tagged, pair.heard)
    others = (
        genre
        for usual, spellings in overview.written_as.items()
        for genre in spellings
        if usual != pair.tagged
    )
    agreeing = _exactly([genre for genre in others if agrees_with_heard(genre, pair.heard)])
    return f"{text} -now:{agreeing}" if agreeing else text


def _any_of(texts: Sequence[str], genre: str) -> str:
    """Return values that match these spellings exactly, or the genre's name if they are too many.

    Part of a name would match too much: Pop is in Britpop.
    """
    if not 0 < len(texts) <= _MOST_TEXTS:
        return quoted(genre)
    return _exactly(texts)


def _exactly(texts: Sequence[str]) -> str:
    """Return values that match these spellings exactly."""
    first = {text.casefold(): text for text in reversed(texts)}  # the filter ignores case
    folded = dict.fromkeys(text.casefold() for text in texts)
    return ",".join(f"={quoted(first[text])}" for text in folded)


def bin_filter(position: int) -> str:
    """Return the filter for the confidences of a bin."""
    low, high = (HUNDRED * edge // N_BINS for edge in (position, position + 1))
    return f"conf:{low}%..{high if high == HUNDRED else high - 1}%"


def trust_words() -> dict[TrustLevel, str]:
    """Return the word for each trust level."""
    return {
        TrustLevel.HIGH: level_word(Level.HIGH),
        TrustLevel.MEDIUM: level_word(Level.MEDIUM),
        TrustLevel.LOW: level_word(Level.LOW),
        TrustLevel.UNSURE: _translate("Overview", "unsure"),
    }


def bars(genres: GenreCounts) -> list[PairOfBars]:
    """Return the bars of all genres; other genres and no genre come last."""
    made = [_bar(count, _bar_name(count)) for count in genres.listed]
    if genres.n_other:
        name = _translate("Overview", "{n} others").format(n=genres.n_other)
        made.append(_bar(genres.other, name, is_plain=True))
    if genres.without.before or genres.without.after:
        made.append(_bar(genres.without, _translate("Overview", "no genre"), is_plain=True))
    return made


def _bar_name(count: GenreCount) -> str:
    if not count.with_styles:
        return printable(count.name)
    return _translate("Overview", "{genre} and its styles").format(genre=printable(count.name))


def _bar(count: GenreCount, name: str, *, is_plain: bool = False) -> PairOfBars:
    text = _translate("Overview", "{genre}; tracks now: {before}, after writing: {after}")
    if count.before == count.after:
        text = _translate("Overview", "{genre}; tracks: {before}, unchanged")
    spoken = text.format(genre=name, before=count.before, after=count.after)
    return PairOfBars(name, count.before, count.after, spoken, is_plain)


def bin_texts(histogram: tuple[Mapping[TrustLevel, int], ...]) -> list[str]:
    """Return each bin of a histogram in words."""
    words = trust_words()
    made = []
    for position, counts in enumerate(histogram):
        text = _translate("Overview", "{low} to {high}; tracks: {n}")
        text = text.format(
            low=percent(position / N_BINS),
            high=percent((position + 1) / N_BINS),
            n=sum(counts.values()),
        )
        parts = [f"{words[trust]} {n}" for trust, n in counts.items() if n]
        made.append(f"{text} ({', '.join(parts)})" if parts else text)
    return made


def pair_text(pair: DisputedPair) -> str:
    """Return a disputed pair in words."""
    text = _translate("Overview", "Tagged {tagged}, heard {heard}; tracks: {n}")
    return text.format(tagged=printable(pair.tagged), heard=pair.heard, n=pair.n)
