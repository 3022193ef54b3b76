"""The command line where the user has rules: what is told, and what is never written."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from genretagger.cli.exit_status import ExitStatus
from genretagger.cli.names import FileNames
from genretagger.cli.outcomes import reason_left_alone
from genretagger.cli.verdicts import VerdictForm, print_verdicts
from genretagger.core.events import TrackAnalysed
from genretagger.core.predictions import Unsure
from genretagger.core.resources import user_folders
from genretagger.core.rules import Rule, RuleKind
from genretagger.core.settings import Settings
from genretagger.core.settings_file import load_settings
from genretagger.core.writes import Policy, WriteStatus
from genretagger.pipeline import request_for
from genretagger.review.albums.held_rows import HeldRows
from genretagger.review.genres.mapping import GenreRules
from genretagger.review.rows.confidence_levels import ClassifierLevels
from genretagger.review.rows.row import State
from tests.helpers.command import run
from tests.helpers.rows import heard, prediction, track

FOLK = Rule(RuleKind.ARTIST, "Artist", ("Folk",))
ALONE = Rule(RuleKind.FOLDER, "/music")


@pytest.fixture
def said(capsys):
    """Return a function that prints a row, and returns what was printed."""

    def run(row, form=VerdictForm.LINES):
        print_verdicts([row], form=form, names=FileNames())
        return capsys.readouterr().out.strip()

    return run


def test_a_line_says_what_was_heard_and_what_the_rule_suggests(said):
    ruled = heard(genre="country", confidence=0.62, rule=FOLK)
    assert said(ruled).split() == [
        *("Country", "62%", "rule", "now:", "-", "/music/a.flac", "->", "Folk")
    ]
    assert said(replace(ruled, rule=ALONE)).endswith("/music/a.flac  (left alone)")
    assert said(heard(unsure=Unsure.NOT_MUSIC, rule=FOLK)).startswith("not music")


def test_an_object_names_the_rule(said):
    record = json.loads(said(heard(genre="country", rule=FOLK), VerdictForm.JSON))
    assert (record["genre"], record["suggested"]) == ("country", ["Folk"])
    assert record["rule"] == {"artist": "Artist", "genres": ["Folk"]}
    alone = json.loads(said(heard(rule=ALONE), VerdictForm.JSON))
    assert (alone["suggested"], alone["rule"]) == ([], {"folder": "/music", "genres": []})
    assert json.loads(said(heard(), VerdictForm.JSON))["rule"] is None
    table = said(heard(genre="country", confidence=0.62, rule=FOLK), VerdictForm.CSV)
    assert table.splitlines()[1].startswith("/music/a.flac,a,Artist,,,Folk,,,missing genre")


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize(
    ("rule", "key", "words"),
    [
        (FOLK, "only-by-rule", "suggested by a rule, which was not heard"),
        (ALONE, "left-alone", "left alone by a rule"),
    ],
)
def test_a_rule_is_never_written_by_confidence(policy, rule, key, words):
    answer = request_for(heard(confidence=0.99, rule=rule), min_confidence=0.0, policy=policy)
    assert (answer.status, answer.reason.key) == (WriteStatus.SKIPPED, key)
    assert reason_left_alone(answer, policy) == words


def test_rows_of_the_command_line_follow_the_settings():
    rules = GenreRules.of(Settings(rules=(FOLK,)))
    held = HeldRows(rules, ClassifierLevels(), lambda _track: None)
    (row,) = held.take(TrackAnalysed(track(), "key", prediction("country")))
    assert (row.suggested, row.state) == (("Folk",), State.MISSING)


def test_rules_are_set_and_emptied_as_other_settings():
    typed = "artist:Nick Drake=Folk; folder:/music/Talks"
    assert f'"{typed}" (default "")' in run("settings", "rules", typed).stdout
    refused = run("settings", "rules", "artist:=Folk")
    assert refused.returncode == ExitStatus.NOT_STARTED
    assert "it must be of the form artist:Nick Drake=Folk" in refused.stderr
    run("settings", "rules", "")
    assert load_settings(user_folders().settings) == Settings()
