"""Sentences about what writing does with a row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from genretagger.core.errors import UnsupportedFormatError
from genretagger.core.writes import Policy
from genretagger.gui.cells import cell_texts
from genretagger.gui.cells.change_texts import writing_text
from genretagger.gui.cells.columns import Column
from genretagger.review.rows import decisions
from genretagger.review.rows.confidence_levels import ClassifierLevels
from genretagger.review.rows.suggestion_mark import WriteRules
from tests.helpers.rows import heard

ALTERNATIVE = heard(genre="pop", genres=("Alternative",))
LOCKED = UnsupportedFormatError(ALTERNATIVE.path, "cut-off")


def says(row, policy=Policy.FILL):
    return writing_text(row, WriteRules(policy))


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (Policy.FILL, "Accepted, but writing leaves Alternative: the setting fills only empty"),
        (Policy.ADD, "Accepted and not written yet: Ctrl+S adds Pop; keeps Alternative."),
        (Policy.REPLACE, "Accepted and not written yet: Ctrl+S replaces Alternative by Pop."),
    ],
)
def test_a_row_says_what_writing_does_under_the_policy(qapp, policy, said):
    assert says(decisions.accepted(ALTERNATIVE), policy).startswith(said)


def test_what_the_user_named_is_said_to_replace_though_the_setting_only_fills(qapp):
    row = decisions.edited(ALTERNATIVE, ("Comedy", "Folk"))
    sentence = "Accepted and not written yet: Ctrl+S replaces Alternative by Comedy; Folk."
    assert says(row) == sentence
    for column in (Column.STATE, Column.SUGGESTED):
        tip = cell_texts.explanation(row, column, "Comedy; Folk", ClassifierLevels(), WriteRules())
        assert sentence in tip


def test_why_nothing_is_written_has_three_causes_and_a_sentence_for_each(qapp):
    left_alone = decisions.accepted(ALTERNATIVE)
    has_it = decisions.accepted(heard(genre="pop", genres=("pop",)))
    waiting = decisions.accepted(heard(genre="pop"))
    sentences = [
        "Accepted, but writing leaves Alternative: the setting fills only empty genres.",
        "Accepted, but writing changes nothing: the file has pop already.",
        "Accepted and not written yet: Ctrl+S writes Pop; the file has no genre.",
    ]
    rows = (left_alone, has_it, waiting)
    assert [says(row) for row in rows] == sentences
    assert [cell_texts.state_text(row, WriteRules()) for row in rows] == sentences


def test_a_file_that_cannot_be_written_says_so_and_why(qapp):
    row = replace(decisions.accepted(ALTERNATIVE), read_only=LOCKED)
    said = cell_texts.state_text(row, WriteRules(Policy.REPLACE)).splitlines()
    assert said[0] == "Accepted, but writing leaves Alternative: the file cannot be written."
    assert said[1].startswith("This file is cut off")


def test_what_is_not_accepted_says_what_would_be_unless_its_state_does(qapp):
    said = "If you accept it, writing leaves Alternative: the setting fills only empty genres."
    assert says(ALTERNATIVE) == said
    assert says(heard()) == ""
    assert says(heard(genres=("Blues",))) == ""
