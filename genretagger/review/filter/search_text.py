"""The texts of a row that a filter searches, by field."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

from genretagger.core.errors import shown
from genretagger.core.genres import find_genres
from genretagger.core.predictions import Unsure
from genretagger.core.vocabulary import vocabulary
from genretagger.review.filter.filter_syntax import FilterField
from genretagger.review.rows.choices import offered_styles, style_hints
from genretagger.review.rows.naming import name_genre
from genretagger.review.rows.row import Row, State

Texts = Callable[[Row], tuple[str, ...]]


def search_texts(rows: Iterable[Row]) -> list[str]:
    """Return the search text of each row: what its track says, not what a decision may change."""
    return [_search_text(row) for row in rows]


def _search_text(row: Row) -> str:
    path = _path(row)
    if row.track is None:
        return path.casefold()
    tags = row.track.tags
    of_album = tags.album_artist if tags.album_artist != tags.artist else ""
    return "\n".join((path, tags.title, tags.artist, tags.album, of_album)).casefold()


def _path(row: Row) -> str:
    text = str(row.path)
    return text if text.isprintable() else shown(row.path)


def _suggested(row: Row) -> tuple[str, ...]:
    """Return the suggested genres as the table shows them: none for what is not music."""
    return () if row.state is State.NOT_MUSIC else row.suggested


def _heard(row: Row) -> tuple[str, ...]:
    """Return the predicted genre, or the style in its place, whatever else is suggested."""
    if row.prediction is None or row.state is State.NOT_MUSIC:
        return ()
    return (name_genre(row.prediction, row.genre),)


def _styles(row: Row) -> tuple[str, ...]:
    """Return the names of the styles that a row suggests or offers."""
    return tuple([vocabulary().name(style.style) for style in offered_styles(row)])


def _rule(row: Row) -> tuple[str, ...]:
    """Return what the rule of a row is about, and what it says."""
    rule = row.rule
    if rule is None:
        return ()
    return rule.kind.value, rule.name, *(rule.genres or (State.LEFT_ALONE.value,))


def _now(row: Row) -> tuple[str, ...]:
    """Return the genre texts of the tag and, if one joins several genres, these too."""
    return row.current_genres + find_genres(row.current_genres, joined_by=row.joined_by)


FIELD_TEXTS: dict[FilterField, Texts] = {
    FilterField.GENRE: lambda row: _now(row) + _suggested(row),
    FilterField.NOW: _now,
    FilterField.SUGGESTED: _suggested,
    FilterField.HEARD: _heard,
    FilterField.ARTIST: lambda r: (
        (r.track.tags.artist, r.track.tags.album_artist) if r.track else ()
    ),
    FilterField.ALBUM: lambda row: (row.track.tags.album,) if row.track else (),
    FilterField.TITLE: lambda row: (row.track.tags.title,) if row.track else (),
    FilterField.FILE: lambda row: (_path(row).rpartition(os.sep)[2],),
    FilterField.PATH: lambda row: (_path(row),),
    FilterField.STYLE: _styles,
    FilterField.HINT: style_hints,
    FilterField.RULE: _rule,
}


def list_reasons(row: Row, shown_as: Mapping[Unsure, str]) -> tuple[str, ...]:
    """Return why a row is Unsure or failed, in English and in the user's language."""
    reason = row.unsure
    texts = () if reason is None else (reason.value, shown_as.get(reason, ""))
    return texts if row.error is None else (*texts, str(row.error))
