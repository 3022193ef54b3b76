"""Sentences about the user's rules, and about tracks that one holds for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from genretagger.core.rules import Rule, RuleKind
from genretagger.gui.widgets.level_texts import heard_text
from genretagger.gui.widgets.texts import genres_text, number_text, path_text, state_explanation
from genretagger.review.genres.rule_book import RuleBook
from genretagger.review.rows.row import Row, State

_translate = QCoreApplication.translate


def rule_word() -> str:
    """Return the word in the place of a confidence where a rule counts."""
    return _translate("Rule", "rule")


def kind_word(kind: RuleKind) -> str:
    """Return what a rule is about, in a word."""
    match kind:
        case RuleKind.ARTIST:
            return _translate("Rule", "Artist")
        case RuleKind.FOLDER:
            return _translate("Rule", "Folder")


def name_text(rule: Rule) -> str:
    """Return the artist or the folder of a rule as it can be shown."""
    return rule.name if rule.kind is RuleKind.ARTIST else path_text(Path(rule.name))


def rule_sentence(rule: Rule) -> str:
    """Return what a rule says."""
    if rule.leaves_alone:
        text = _translate("Rule", "{name} is left alone.")
    elif rule.kind is RuleKind.ARTIST:
        text = _translate("Rule", "{name} is always {genres}.")
    else:
        text = _translate("Rule", "Tracks in {name} are always {genres}.")
    return text.format(name=name_text(rule), genres=genres_text(rule.genres))


def new_rule_text(rule: Rule, rows: Iterable[Row]) -> str:
    """Return what a rule says, and how many of these rows it is about."""
    return f"{rule_sentence(rule)} {_fits_text(rule, rows)}"


def _fits_text(rule: Rule, rows: Iterable[Row]) -> str:
    book = RuleBook((rule,))
    n = sum(row.track is not None and book.find(row.track) is not None for row in rows)
    if not n:
        return _translate("Rule", "It fits no track that is open now.")
    single = _translate("Rule", "It fits 1 track that is open now.") if n == 1 else ""
    several = _translate("Rule", "It fits {n} tracks that are open now.")
    return (single or several).format(n=number_text(n))


def rule_text(row: Row) -> str:
    """Return which rule counts for a row, and what was heard; empty if none counts."""
    if row.rule is None or not row.is_ruled:
        return ""
    text = _translate("Rule", "Your rule: {rule} {heard}.")
    return text.format(rule=rule_sentence(row.rule), heard=heard_text(row))


def ruled_state_text(state: State) -> str:
    """Return the sentence that explains the state of a row for which a rule counts."""
    match state:
        case State.AGREES:
            return _translate("Rule", "The file already has this genre.")
        case State.FINER:
            return _translate(
                "Rule",
                "The file says more than your rule, and keeps its genre unless you change it.",
            )
        case State.DIFFERS:
            return _translate("Rule", "The file has a different genre.")
        case State.LEFT_ALONE:
            return _translate("Rule", "Nothing is suggested, and nothing is written.")
        case _:
            return state_explanation(state)
