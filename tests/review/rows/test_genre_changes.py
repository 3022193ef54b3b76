"""What writing does with the genres of a file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from genretagger.core.errors import UnsupportedFormatError
from genretagger.core.writes import Policy
from genretagger.review.rows import decisions
from genretagger.review.rows.genre_changes import Deed, foresee_change
from genretagger.review.rows.suggestion_mark import WriteRules
from tests.helpers.rows import heard

ERROR = UnsupportedFormatError(heard().path, "cut-off")


def foreseen(row, policy=Policy.FILL, **rules):
    change = foresee_change(row, WriteRules(policy, **rules))
    return change.deed, change.new, change.old, change.kept


@pytest.mark.parametrize(
    ("policy", "present", "said"),
    [
        (Policy.FILL, (), (Deed.FILL, ("Blues",), (), ())),
        (Policy.FILL, ("Salsa",), (Deed.LEAVE, (), ("Salsa",), ())),
        (Policy.FILL, ("blues",), (Deed.HAVE, (), ("blues",), ())),
        (Policy.ADD, ("Salsa",), (Deed.ADD, ("Blues",), (), ("Salsa",))),
        (Policy.REPLACE, ("Salsa",), (Deed.REPLACE, ("Blues",), ("Salsa",), ())),
        (Policy.REPLACE, ("Salsa", "Blues"), (Deed.REMOVE, (), ("Salsa",), ("Blues",))),
    ],
)
def test_what_a_policy_does_with_the_genres_of_a_file(policy, present, said):
    row = heard(genres=present)
    assert foreseen(row, policy) == said, "what accepting would do"
    assert foreseen(decisions.accepted(row), policy) == said


def test_what_the_user_named_replaces_under_every_policy():
    row = decisions.edited(heard(genres=("Alternative",)), ("Comedy", "Folk"))
    for policy in Policy:
        assert foreseen(row, policy) == (Deed.REPLACE, ("Comedy", "Folk"), ("Alternative",), ())


def test_protected_genres_are_kept():
    row = heard(genres=("Salsa", "Live"))
    assert foreseen(row, Policy.REPLACE, protected=("Live",)) == (
        Deed.REPLACE,
        ("Blues",),
        ("Salsa",),
        ("Live",),
    )


def test_genres_of_a_joined_text_are_told_one_by_one():
    row = replace(heard(genres=("Rock/Pop",)), joined_by="/")
    assert foreseen(row, Policy.ADD) == (Deed.ADD, ("Blues",), (), ("Rock", "Pop"))


def test_another_order_is_told_as_a_whole():
    row = decisions.edited(heard(genres=("Rock", "Folk")), ("Folk", "Rock"))
    assert foreseen(row) == (Deed.REPLACE, ("Folk", "Rock"), ("Rock", "Folk"), ())


def test_a_file_that_cannot_be_written_is_told_as_such():
    row = replace(heard(genres=("Salsa",)), read_only=ERROR)
    assert foreseen(row, Policy.REPLACE) == (Deed.REFUSE, (), ("Salsa",), ())


def test_nothing_is_foreseen_of_what_is_rejected_or_written():
    row = heard()
    accepted = decisions.accepted(row)
    written = replace(accepted, decision=replace(accepted.decision, written=True), confirmed=True)
    assert foresee_change(decisions.rejected(row), WriteRules()) is None
    assert foresee_change(written, WriteRules()) is None
