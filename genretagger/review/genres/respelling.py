"""Rows with other spellings of their genres: which texts count, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from genretagger.core.genres import distinct, split_joined, split_text
from genretagger.core.vocabulary import genre_key
from genretagger.review.rows.decisions import is_decidable, respelled
from genretagger.review.rows.row import Row


def spelled_texts(row: Row) -> tuple[str, ...]:
    """Return the texts of a row whose spelling counts.

    These are the genres of its file, or those that have yet to replace them whatever the policy.
    """
    decision = row.decision
    is_chosen = decision is not None and decision.policy is not None and row.outstanding
    genres = decision.genres if decision is not None and is_chosen else row.current_genres
    return split_joined(genres, joined_by=row.joined_by)


def can_be_respelled(row: Row) -> bool:
    """Return whether the texts of a row can be given another spelling."""
    return is_decidable(row) and row.read_only is None and not _awaits_other_genres(row)


def _awaits_other_genres(row: Row) -> bool:
    """Return whether genres are accepted whose part in the file the policy has yet to decide.

    Those that the file has already, in any spelling, are no obstacle.
    """
    decision = row.decision
    if decision is None or decision.policy is not None or not row.outstanding:
        return False
    return _keys(decision.genres) != _keys(spelled_texts(row))


def _keys(texts: Iterable[str]) -> set[str]:
    return {genre_key(genre) for text in texts for genre in split_text(text)}


def unify_spellings(
    rows: Mapping[int, Row], chosen: Mapping[str, tuple[str, ...]]
) -> dict[int, Row]:
    """Return those of `rows` that change, by row id, when `chosen` replaces texts.

    Other genres stay in their order; a genre that would then occur twice occurs once.
    """
    changed = {}
    for row_id, row in rows.items():
        texts = spelled_texts(row)
        if not any(text in chosen for text in texts) or not can_be_respelled(row):
            continue
        genres = distinct(name for text in texts for name in chosen.get(text, (text,)))
        if genres != texts:
            changed[row_id] = respelled(row, genres)
    return changed
