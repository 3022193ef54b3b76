"""The meaning of confidences, levels and albums, in sentences with measured numbers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from genretagger.core.percent import ceil_to_percent, floor_percent
from genretagger.core.predictions import Level, Prediction, Unsure
from genretagger.core.vocabulary import vocabulary
from genretagger.gui.widgets.texts import genres_text, percent, unsure_text
from genretagger.review.rows.agreement import find_kind
from genretagger.review.rows.choices import nth_choice, style_hints
from genretagger.review.rows.confidence_levels import PERSONAL_PREFIX, ClassifierLevels, Levels
from genretagger.review.rows.row import Row, State, name_genre

_translate = QCoreApplication.translate
_MOST_HINTS = 4


def level_word(level: Level) -> str:
    """Return the word for a level."""
    match level:
        case Level.HIGH:
            return _translate("Level", "high")
        case Level.MEDIUM:
            return _translate("Level", "medium")
        case Level.LOW:
            return _translate("Level", "low")


def level_sentence(level: Level, levels: Levels, *, is_personal: bool = False) -> str:
    """Return what a level means, with its measured precision if there is one."""
    precision = levels.precision(level)
    if precision is not None:
        text = _measured(level, is_personal=is_personal)
        return text.format(n=floor_percent(precision))
    match level:
        case Level.HIGH:
            return _translate("Level", "High: one of the verdicts you can trust most.")
        case Level.MEDIUM:
            return _translate("Level", "Medium: right more often than a low one.")
        case Level.LOW:
            return _low_sentence(levels)


def _measured(level: Level, *, is_personal: bool) -> str:
    if is_personal:
        high = _translate(
            "Level", "High: {n} of 100 such verdicts were right on artists it did not learn from."
        )
        medium = _translate(
            "Level", "Medium: {n} of 100 such verdicts were right on artists it did not learn from."
        )
    else:
        high = _translate(
            "Level",
            "High: {n} of 100 such verdicts were right on music the model had not heard.",
        )
        medium = _translate(
            "Level",
            "Medium: {n} of 100 such verdicts were right on music the model had not heard.",
        )
    return high if level is Level.HIGH else medium


def _low_sentence(levels: Levels) -> str:
    if levels.medium is None:
        return _translate(
            "Level", "Low: verdicts like this are not right often enough; better listen yourself."
        )
    text = _translate(
        "Level", "Low: below {confidence}, verdicts are wrong more often; better listen yourself."
    )
    return text.format(confidence=percent(ceil_to_percent(levels.medium.confidence)))


def level_text(row: Row, meanings: ClassifierLevels) -> str:
    """Return what the level of a row means; empty where another genre than heard is suggested."""
    if row.level is None or row.prediction is None or row.shown_confidence is None:
        return ""
    if row.unsure is not None or row.style is not None:
        return ""  # the state says why it is Unsure, and what the confidence in a style is
    model_id = row.prediction.model_id
    is_personal = model_id.startswith(PERSONAL_PREFIX)
    return level_sentence(row.level, meanings.of(model_id), is_personal=is_personal)


def heard_text(row: Row) -> str:
    """Return the genre heard and its confidence; empty for what is not music."""
    confidence = row.effective_confidence
    if row.prediction is None or confidence is None:
        return ""
    name = name_genre(row.prediction, row.genre)
    return _translate("Cells", "Heard: {genre}, {confidence}").format(
        genre=style_name(name) if row.style is not None else name, confidence=percent(confidence)
    )


def summary_text(row: Row) -> str:
    """Return confidence and level of a row in words, for screen readers."""
    if row.shown_confidence is None or row.level is None:
        return ""
    text = _translate("Level", "{confidence}, {level}")
    if row.style is not None:
        text = _translate("Level", "{confidence}, {level}, a style")
        if row.unsure is not None:
            text = _translate("Level", "{confidence}, unsure, a style")
    elif row.unsure is not None:
        text = _translate("Level", "{confidence}, unsure")
    elif row.is_raised:
        text = _translate("Level", "{confidence}, {level}, raised by its album")
    elif row.album is not None and row.album.majority is not None:
        text = _translate("Level", "{confidence}, {level}, its album sounds different")
    return text.format(confidence=percent(row.shown_confidence), level=level_word(row.level))


def album_text(row: Row) -> str:
    """Return how the album of a row affects its suggestion; empty if it does not."""
    album, prediction = row.album, row.prediction
    if album is None or prediction is None:
        return ""
    if album.majority is not None:
        return dissent_text(row)
    if not row.is_raised:
        return ""
    text = _translate(
        "Album", "{own} on its own; {n} of {total} other tracks on this album sound like {genre}."
    )
    return text.format(
        own=percent(prediction.confidence),
        n=album.n_agreeing,
        total=album.n_others,
        genre=name_genre(prediction),
    )


def dissent_text(row: Row) -> str:
    """Return that most of the album sounds like another genre; empty if it does not."""
    if row.album is None or row.album.majority is None:
        return ""
    text = _translate("Album", "Most other tracks on this album sound like {genre}.")
    return text.format(genre=vocabulary().name(row.album.majority))


def raised_text(row: Row) -> str:
    """Return that only the album makes a row sure; empty if it does not."""
    if row.prediction is None or row.prediction.unsure is row.doubt:
        return ""
    return _translate("Album", "No genre stands out in this track alone, but its album agrees.")


def hints_text(row: Row) -> str:
    """Return the style hints of a row; empty if there are none."""
    names = style_hints(row)[:_MOST_HINTS]
    if not names:
        return ""
    return _translate("Cells", "Also sounds like: {styles}").format(styles=", ".join(names))


def style_name(name: str) -> str:
    """Return the name of a style, marked as one: its confidence compares with no genre's."""
    return _translate("Cells", "{style} (style)").format(style=name)


def style_word() -> str:
    """Return the word that stands beside the confidence in a style."""
    return _translate("Level", "style")


def style_text(row: Row) -> str:
    """Return what a row sounds like where none of the ten genres fits; empty where one does."""
    if row.style is None:
        return ""
    text = _translate(
        "Style",
        "None of the ten genres fits; it sounds like {style} ({n} of 100 such tracks are).",
    )
    name, confidence = vocabulary().name(row.style.style), row.style.confidence
    return text.format(style=name, n=floor_percent(confidence))


def unproven_text(row: Row) -> str:
    """Return why the style of a row is left to the user; empty if it is proven, or none."""
    if row.style is None or row.style.is_proven:
        return ""
    return _translate(
        "Style",
        "This style is not reliable enough to be accepted along with others: press A to take it.",
    )


def finer_text(row: Row) -> str:
    """Return the finer style that is offered beside the genre of a row; empty without one."""
    finer = nth_choice(row, 1)
    if row.prediction is None or row.style is not None or finer is None or not finer.is_style:
        return ""
    text = _translate(
        "Style", "Within {genre}, it sounds like {style} ({n} of 100 such tracks are): press 2."
    )
    return text.format(
        genre=name_genre(row.prediction),
        style=vocabulary().name(finer.genre),
        n=floor_percent(finer.share or 0.0),
    )


def broader_text(row: Row) -> str:
    """Return which genre of a file is a kind of the one that was heard; empty if none is."""
    if row.state is not State.FINER:
        return ""
    kind = find_kind(row.current_genres, row.joined_by, row.suggested)
    if kind is None:
        return ""
    return _translate("State", "{genre} is a kind of {broader}.").format(
        genre=kind.genre, broader=kind.of
    )


def no_genre_text(row: Row) -> str:
    """Return that what stands in the file names no genre; empty if some of it may."""
    if row.state is not State.DIFFERS or not all(
        map(vocabulary().names_no_genre, row.current_genres)
    ):
        return ""
    text = _translate("State", "“{genre}” says nothing of how music sounds.")
    return text.format(genre=genres_text(row.current_genres))


def personal_text(prediction: Prediction, meanings: ClassifierLevels) -> str:
    """Return what the personal classifier heard, its confidence and what that means.

    Of what is not music, only that.
    """
    if prediction.unsure is Unsure.NOT_MUSIC:
        return unsure_text(prediction.unsure)
    text = _translate("Cells", "Your genre: {genre}, {confidence}").format(
        genre=name_genre(prediction), confidence=percent(prediction.confidence)
    )
    if prediction.unsure is not None:
        return f"{text}\n{unsure_text(prediction.unsure)}"
    levels = meanings.of(prediction.model_id)
    return f"{text}\n{level_sentence(prediction.level, levels, is_personal=True)}"


def threshold_text(levels: Levels, confidence: float) -> str:
    """Return how often verdicts from `confidence` on were right; empty if it was not measured.

    What was measured from a lower level on holds from `confidence` on all the more.
    """
    reached = levels.at_least(confidence)
    if reached is not None:
        text = _translate(
            "Level",
            "At {confidence} or above, at least {n} of 100 verdicts were right on new music of "
            "these genres; on other music fewer.",
        )
        return text.format(confidence=percent(confidence), n=floor_percent(reached.precision))
    if levels.medium is None:
        return ""
    text = _translate(
        "Level", "Below {confidence}, verdicts are wrong more often; check them yourself."
    )
    return text.format(confidence=percent(ceil_to_percent(levels.medium.confidence)))


def short_threshold_text(levels: Levels, confidence: float) -> str:
    """Return what `threshold_text` says in few words, for where there is little room."""
    reached = levels.at_least(confidence)
    if reached is not None:
        text = _translate("Level", "at least {n} of 100 were right")
        return text.format(n=floor_percent(reached.precision))
    return "" if levels.medium is None else _translate("Level", "often wrong; check them")
