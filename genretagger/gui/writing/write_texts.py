"""The sentences of the write preview: what will change, what stays, how far the check is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale

from genretagger.review.rows.pending_changes import Effect, KeptGenres

_translate = QCoreApplication.translate


def summary_text(counts: Mapping[Effect, int], kept: KeptGenres, *, n_linked: int) -> str:
    """Return how many files each effect has, what is protected, and what has several names."""
    lines = [
        (_translate("WritePreviewDialog", "Files that will change: {n}"), counts[Effect.WRITE]),
        (
            _translate("WritePreviewDialog", "Left alone because they have a genre: {n}"),
            counts[Effect.SKIP],
        ),
        (_translate("WritePreviewDialog", "Have the genre already: {n}"), counts[Effect.NOTHING]),
        (_translate("WritePreviewDialog", "Cannot be written: {n}"), counts[Effect.REFUSE]),
    ]
    first, *others = lines
    shown = [first, *(line for line in others if line[1])]
    texts = [text.format(n=_number(n)) for text, n in shown]
    if kept.n_files:
        text = _translate("WritePreviewDialog", "Files where protected genres stay: {n} ({genres})")
        texts.append(text.format(n=_number(kept.n_files), genres=", ".join(kept.genres)))
    if n_linked:
        text = _translate(
            "WritePreviewDialog", "Have several names (hard links), and all of them change: {n}"
        )
        texts.append(text.format(n=_number(n_linked)))
    return "\n".join(texts)


def checked_text(n_checked: int, n_files: int) -> str:
    """Return how far the check is; nobody has to wait for it."""
    if n_checked >= n_files:
        text = _translate("WritePreviewDialog", "Files checked: all {total}.")
        return text.format(total=_number(n_files)) if n_files else ""
    text = _translate(
        "WritePreviewDialog",
        "Files checked: {n} of {total}. There is no need to wait: the write checks each again.",
    )
    return text.format(n=_number(n_checked), total=_number(n_files))


def _number(n: int) -> str:
    return QLocale().toString(n)
