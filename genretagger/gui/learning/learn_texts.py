"""The sentences of learning: what it does, how well it went, what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from genretagger.core.percent import ceil_to_percent, floor_percent
from genretagger.core.personal import ENOUGH_ARTISTS, LEAST_ARTISTS, LEAST_TRACKS, ClassifierReport
from genretagger.core.predictions import Threshold
from genretagger.core.settings import PersonalUse
from genretagger.gui.widgets.texts import error_text, number_text, percent

if TYPE_CHECKING:
    from genretagger.pipeline import HeardAgain, Personal

_translate = QCoreApplication.translate


def introduction() -> str:
    """Return what learning does, in three sentences."""
    return "\n\n".join(
        (
            _translate(
                "Learn",
                "Genretagger can learn your own genres from tracks it has heard whose "
                "genre is in their tags or was given by you.",
            ),
            _translate(
                "Learn",
                "Before anything is used, it shows how well it tells them apart on "
                "artists it did not learn from.",
            ),
            _translate(
                "Learn",
                "Everything stays on this computer, and no file is changed.",
            ),
        )
    )


def use_text(use: PersonalUse | None) -> str:
    """Return the word for how a classifier is used, empty if it is not."""
    match use:
        case PersonalUse.BESIDE:
            return _translate("Learn", "alongside")
        case PersonalUse.INSTEAD:
            return _translate("Learn", "instead")
        case None:
            return ""


def set_aside_text(name: str, heard: HeardAgain | None) -> str:
    """Return why the classifier `name` is not used, and how far it can be learned again."""
    if heard is not None and not heard.n_tracks:
        text = _translate(
            "Learn",
            "{name} was learned from what another version of Genretagger heard, and you have no "
            "tracks of its genres to learn it from: it must come from the same version as this.",
        )
        return text.format(name=name)
    text = _translate(
        "Learn",
        "{name} was learned from what another version of Genretagger heard, so it is set aside "
        "until you learn it again.",
    )
    if heard is None:
        return text.format(name=name)
    so_far = _translate("Learn", "So far, {n} of its {total} tracks are heard again.")
    counts = so_far.format(n=number_text(heard.n_heard), total=number_text(heard.n_tracks))
    return f"{text.format(name=name)} {counts}"


def wrong_text(own: Personal, heard: HeardAgain | None = None) -> str:
    """Return why a classifier cannot be used; empty if it can be."""
    if own.is_set_aside:
        return set_aside_text(own.name, heard)
    return error_text(own.error) if own.error is not None else ""


def headline(report: ClassifierReport) -> str:
    """Return how often it was right, compared with always naming the most frequent genre."""
    text = _translate(
        "Learn",
        "Of 100 tracks by artists it did not learn from, {right} were named "
        "correctly; always naming the most frequent genre would have been "
        "right for {baseline}.",
    )
    return text.format(right=floor_percent(report.accuracy), baseline=round(report.baseline * 100))


def basis_text(report: ClassifierReport) -> str:
    """Return what was learned from and how it was measured."""
    text = _translate(
        "Learn",
        "Learned {genres} genres from {tracks} tracks by {artists} artists; "
        "measured in {folds} parts, each with what was learned from the others.",
    )
    return text.format(
        genres=len(report.genres),
        tracks=report.n_tracks,
        artists=report.n_artists,
        folds=report.n_folds,
    )


def calibration_text(report: ClassifierReport) -> str:
    """Return how far its confidences can be trusted."""
    off = _translate(
        "Learn", "Its confidences are off by {n} percentage points on average."
    ).format(n=_one_digit(report.ece * 100))
    high = _threshold_text(report.high)
    return f"{off} {high}"


def _one_digit(value: float) -> str:
    return QLocale().toString(value, "f", 1)


def _threshold_text(threshold: Threshold | None) -> str:
    if threshold is None:
        return _translate("Learn", "No verdict is right often enough to be called high.")
    text = _translate(
        "Learn", "The high level begins at {confidence}, where {n} of 100 were right."
    )
    return text.format(
        confidence=percent(ceil_to_percent(threshold.confidence)),
        n=floor_percent(threshold.precision),
    )


def cautions(report: ClassifierReport) -> str:
    """Return reasons to distrust the figures; empty if there are none."""
    parts = []
    if not report.follows_sound:
        parts.append(
            _translate(
                "Learn",
                "The genres in the tags do not match the sound: this is hardly better "
                "than guessing, and is not kept unless you insist.",
            )
        )
    if report.n_without_artist:
        text = _translate(
            "Learn",
            "Tracks without an artist: {n}. If some are by the same artist, these "
            "figures are too optimistic.",
        )
        parts.append(text.format(n=report.n_without_artist))
    return "\n".join(parts)


def left_out_text(report: ClassifierReport) -> str:
    """Return the genres that were too rare to be learned; empty if there are none."""
    if not report.n_left_out:
        return ""
    named = ", ".join(f"{genre.genre} ({genre.n_tracks})" for genre in report.left_out)
    if report.n_left_out > len(report.left_out):
        named += ", …"
    text = _translate(
        "Learn",
        "Genres left out for having fewer than {tracks} tracks or {artists} "
        "artists ({n}): {genres}",
    )
    return text.format(
        tracks=LEAST_TRACKS, artists=LEAST_ARTISTS, n=report.n_left_out, genres=named
    )


def few_text() -> str:
    """Return what "too few" means."""
    return _translate("Learn", "Fewer than {n} artists: not a reliable figure.").format(
        n=ENOUGH_ARTISTS
    )


def unheard_text(n_unheard: int) -> str:
    """Return how many tracks were left out because they were not heard; empty if none."""
    if not n_unheard:
        return ""
    text = _translate(
        "Learn",
        "Tracks with a genre that were left out because they have not been analysed yet: {n}.",
    )
    return text.format(n=n_unheard)


def failures_text(n_failed: int) -> str:
    """Return how many files could not be read; empty if none."""
    if not n_failed:
        return ""
    return _translate("Learn", "Files that could not be read: {n}.").format(n=n_failed)
