"""Forms of a text for comparison: without invisible characters, case or punctuation."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_INVISIBLE: Final = frozenset({"Cc", "Cf"})  # controls; directions, joiners, soft hyphens
# Characters without a form of their own (Unicode, DerivedCoreProperties:
# Default_Ignorable_Code_Point): fillers of Hangul, Khmer and Mongolian, variation selectors; and
# the empty pattern of Braille.
_FORMLESS: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U000e0000-\U000e0fff]"
)


def clean_text(text: str) -> str:
    """Return `text` as a reader sees it: no invisible characters, single plain spaces.

    This removes byte order marks, NUL, characters without form or width and soft hyphens. Letters
    and their accents become one character (Unicode, annex 15: NFC).
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _FORMLESS.sub("", text)
    visible = (c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    return unicodedata.normalize("NFC", " ".join("".join(visible).split()))


def fold_spacing(text: str) -> str:
    """Return `text` without case, with single spaces between its words and none around it."""
    return " ".join(text.casefold().split())


def fold_to_letters(text: str) -> str:
    """Return the letters and digits of `text` without case: no spaces, no punctuation."""
    return "".join(filter(str.isalnum, text.casefold()))
