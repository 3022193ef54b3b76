"""Verdicts for people and scripts where a style stands in the place of a genre."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from genretagger.cli.hearing import with_genres
from genretagger.cli.verdicts import print_verdicts
from genretagger.core.errors import SettingsError
from genretagger.core.events import TrackAnalysed
from genretagger.core.predictions import Unsure
from genretagger.core.resources import user_folders
from genretagger.core.settings import GenreSet, Settings
from genretagger.core.writes import Policy, WriteRequest, WriteStatus
from genretagger.pipeline import Context, request_for
from genretagger.review.genres.mapping import GenreRules
from genretagger.review.rows.row_events import apply_analysis, make_row
from tests.helpers.command import run, run_json
from tests.helpers.rows import prediction, track

LOW = Unsure.LOW_CONFIDENCE


def row(*styles, unsure=LOW, **settings):
    rules = GenreRules.of(Settings(**settings))
    event = TrackAnalysed(track(), "key", prediction("country", 0.4, unsure, styles=styles))
    return apply_analysis(
        make_row(track()), event, mapping=rules.mapping, with_styles=rules.with_styles
    )


@pytest.fixture
def said(capsys):
    """Return a function that prints a row, and returns what was printed."""

    def run(row, *, as_json=False):
        print_verdicts([row], as_json=as_json)
        return capsys.readouterr().out.strip()

    return run


def test_a_line_names_the_style_with_its_own_confidence(said):
    assert said(row(("folk", 0.86))).split() == ["Folk", "86%", "style", "/music/a.flac"]
    unproven = said(row(("folk", 0.5, False)))
    assert unproven.endswith("(unsure: low confidence)")
    assert said(row(("folk", 0.86), unsure=None)).startswith("Country     40%  high")
    assert said(row(("folk", 0.86), unsure=Unsure.NOT_MUSIC)).split()[:2] == ["not", "music"]


def test_with_the_ten_genres_only_no_style_is_named(said):
    assert said(row(("folk", 0.86), genres="ten")).startswith("Country     40%")
    record = json.loads(said(row(("folk", 0.86), genres="ten"), as_json=True))
    assert (record["styles"], record["style"], record["suggested"]) == ([], None, ["Country"])


def test_an_object_keeps_the_verdict_on_the_ten_and_adds_the_styles(said):
    record = json.loads(said(row(("folk", 0.86)), as_json=True))
    folk = {"style": "folk", "confidence": 0.86, "proven": True}
    assert (record["genre"], record["confidence"], record["unsure"]) == ("country", 0.4, LOW.value)
    assert (record["state"], record["styles"], record["style"]) == ("unsure", [folk], folk)
    assert record["suggested"] == ["Folk"]


def test_of_what_is_not_music_no_style_is_told(said):
    record = json.loads(said(row(("folk", 0.86), unsure=Unsure.NOT_MUSIC), as_json=True))
    assert (record["styles"], record["style"], record["suggested"]) == ([], None, [])


def test_the_mapping_says_what_is_written_for_a_style(said):
    line = said(row(("folk", 0.86), mapping={"folk": ["World"]}))
    assert line.endswith("/music/a.flac  -> World")


@pytest.mark.parametrize(
    ("styles", "settings", "genres"),
    [
        ([("folk", 0.86)], {}, ("Folk",)),
        ([("folk", 0.86)], {"mapping": {"folk": ["World"]}}, ("World",)),
        ([("folk", 0.79)], {}, None),
        ([("folk", 0.95, False)], {}, None),
        ([("folk", 0.86)], {"genres": "ten"}, None),
        ([], {}, None),
    ],
)
def test_apply_writes_a_proven_style_from_the_confidence_on(styles, settings, genres):
    request = request_for(row(*styles, **settings), min_confidence=0.8, policy=Policy.FILL)
    if genres is None:
        assert request.status is WriteStatus.SKIPPED
    else:
        assert isinstance(request, WriteRequest)
        assert request.genres == genres


def test_a_command_may_ask_for_other_genres_than_the_settings():
    context = Context(user_folders(), Settings(personal_classifier="Mine"))
    assert with_genres(context, None) is context
    for genres in GenreSet:
        assert with_genres(context, genres.value).settings.genres_in_use is genres
    none = replace(context, settings=Settings())
    with pytest.raises(SettingsError, match="no personal classifier is in use"):
        with_genres(none, "own")


@pytest.mark.parametrize("command", ["analyse", "watch", "apply"])
def test_own_genres_without_a_classifier_start_nothing(tmp_path, command):
    more = ("--min-confidence", "0.9") if command == "apply" else ()
    ended = run(command, tmp_path, "--genres", "own", *more)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "no personal classifier is in use" in ended.stderr


def test_there_are_no_other_genres_to_ask_for(tmp_path):
    ended = run("analyse", tmp_path, "--genres", "all")
    assert ended.returncode == 2
    assert "ten, styles, own" in ended.stderr.replace("'", "")


def test_the_old_name_of_the_setting_goes_on_to_work(tmp_path):
    (told,) = run_json("settings", "personal_use", "instead")
    assert (told["value"], told["default"]) == ("instead", "beside")
    (genres,) = run_json("settings", "genres")
    assert (genres["value"], genres["default"]) == ("own", "styles")
    run("settings", "personal_use", "beside")
    assert run_json("settings", "genres")[0]["value"] == "styles"
