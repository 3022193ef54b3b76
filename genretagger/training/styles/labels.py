"""What is known of the style of a track: `labels.tsv`, by artist, tag, group or clip.

Columns: `by`, what the row applies to; `what`, its name; `genre`, the one of the ten that a piece
of music without labels is, "?" if it is not known to be none; `styles`, those that it certainly is;
`doubtful`, those that it may be. It is none of the others. A row of a genre says what may be said
of its tracks in general; rows of artists replace it. The rows were made by general knowledge of the
artists, and from tags and packages' words, and only where they are beyond doubt; nothing was heard.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from genretagger.core.vocabulary import vocabulary

_FILE: Final = Path(__file__).parent / "labels.tsv"
UNKNOWN_GENRE: Final = "?"
OUTSIDE: Final = ""  # the genre of music that is none of the ten

# Soundtracks without labels have no singers; of other styles they may be any.
_SUNG: Final = frozenset({"soul", "rnb"})


def group_style_tags(tags: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return which of the outputs `tags` hear each style, in the order of the vocabulary."""
    known = vocabulary()
    of_style = {
        style: tuple(tag for tag in tags if known.style_of_tag(tag) == style)
        for style in known.styles
    }
    return {style: heard_by for style, heard_by in of_style.items() if heard_by}


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of a track: one of the ten genres, "" or "?"; the styles that it is or may be.

    is_known : whether a row names it; of other music that is none of the ten little is certain
    """

    genre: str
    styles: frozenset[str]
    doubtful: frozenset[str]
    is_known: bool = True

    def tell(self, style: str) -> bool | None:
        """Return whether the track is of `style`, None if that is not certain."""
        if style in self.styles:
            return True
        if style in self.doubtful or (not self.is_known and style not in _SUNG):
            return None
        return False


@cache
def _rows() -> dict[tuple[str, str], Label]:
    with _FILE.open(encoding="utf-8", newline="") as stream:
        return {
            (row["by"], row["what"]): Label(
                row["genre"], frozenset(row["styles"].split()), frozenset(row["doubtful"].split())
            )
            for row in csv.DictReader(stream, dialect="excel-tab")
        }


# Nothing is known of it, not even that it is none of the ten genres.
NO_LABEL: Final = Label(UNKNOWN_GENRE, frozenset(), frozenset(), is_known=False)


def find_clip_label(genre: str, *, artist: str) -> Label:
    """Return what is known of a labelled clip of one of the ten genres."""
    rows = _rows()
    known = rows.get(("artist", artist)) or rows[("genre", genre)]
    return Label(genre, known.styles, known.doubtful)


def find_piece_label(clip: str, *, group: str, tag: str) -> Label:
    """Return what is known of music without labels, by its clip, group or genre tag."""
    rows = _rows()
    keys = (("clip", clip), ("group", group), ("tag", tag))
    known = next((rows[key] for key in keys if key in rows), None)
    if known is None:
        return replace(NO_LABEL, genre=OUTSIDE)
    if known.genre == UNKNOWN_GENRE:
        return NO_LABEL
    if known.genre:
        return find_clip_label(known.genre, artist="")
    return known
