"""Verdicts for people and scripts where a style stands in the place of a genre."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from genretagger.cli.hearing import with_genres
from genretagger.cli.names import FileNames
from genretagger.cli.outcomes import reason_left_alone
from genretagger.cli.output import show_progress
from genretagger.cli.verdicts import VerdictForm, print_verdicts, summary_sentence
from genretagger.core.errors import Cancelled, SettingsError, TrackError, TrackRefusedError
from genretagger.core.events import Progress, Stage, TrackAnalysed
from genretagger.core.predictions import Unsure
from genretagger.core.resources import user_folders
from genretagger.core.settings import GenreSet, Settings
from genretagger.core.writes import Policy, WriteRequest, WriteResult, WriteStatus
from genretagger.pipeline import Context, request_for
from genretagger.review.genres.mapping import GenreRules
from genretagger.review.rows.row import State
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
        form = VerdictForm.JSON if as_json else VerdictForm.LINES
        print_verdicts([row], form=form, names=FileNames())
        return capsys.readouterr().out.strip()

    return run


def test_a_line_names_the_style_with_its_own_confidence(said):
    assert said(row(("folk", 0.86))).split() == [
        *("Folk", "86%", "style", "now:", "-", "/music/a.flac")
    ]
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


def test_a_summary_counts_each_state_and_says_how_long_it_took():
    states = {State.FAILED: 2, State.MISSING: 40, State.AGREES: 1, State.UNSURE: 0}
    assert summary_sentence(states, 192.4) == (
        "43 tracks in 3 min 12 s: missing genre 40, agrees 1, failed 2."
    )
    assert summary_sentence({State.SILENT: 1}, 0.2) == "1 track in 0 s: silent 1."
    assert summary_sentence({State.SILENT: 1}, 7260) == "1 track in 2 h 1 min: silent 1."


def test_a_summary_comes_also_if_the_user_ends_it(capsys):
    def events():
        yield row()
        raise Cancelled

    with pytest.raises(Cancelled):
        print_verdicts(events(), form=VerdictForm.LINES, names=FileNames(), has_summary=True)
    assert capsys.readouterr().err.endswith(": unsure 1.\n")


def test_a_file_is_named_from_the_folder_that_was_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "music" / "a" / "b.mp3"
    assert FileNames([Path("music")]).name(path) == os.path.join("a", "b.mp3")  # noqa: PTH118
    assert FileNames([Path("music"), Path("more")]).name(path) == str(Path("music/a/b.mp3"))
    assert FileNames([path]).name(path) == str(path)
    assert FileNames([Path("elsewhere")]).name(path) == str(path)
    error = TrackError(path, "path-missing")
    assert str(path) in str(error)
    assert str(path) not in FileNames([Path("music")]).sentence(error)


@pytest.mark.parametrize(
    ("status", "key", "values", "policy", "said"),
    [
        (WriteStatus.SKIPPED, "has-genre", {}, Policy.FILL, "with a genre already"),
        (WriteStatus.SKIPPED, None, {}, Policy.FILL, "with a genre already"),
        (WriteStatus.SKIPPED, None, {}, Policy.CORRECT, "with a genre that agrees"),
        (WriteStatus.UNCHANGED, None, {}, Policy.REPLACE, "with that genre already"),
        (WriteStatus.SKIPPED, "verdict-unsure", {"why": LOW.value}, None, f"unsure: {LOW.value}"),
        (WriteStatus.SKIPPED, "verdict-unsure", {"why": "not music"}, None, "not music"),
        (
            WriteStatus.SKIPPED, "confidence-too-low", {"confidence": "0.7"}, None,
            "below that confidence",
        ),
    ],
)  # fmt: skip
def test_each_reason_to_leave_a_file_alone_is_a_few_words(status, key, values, policy, said):
    path = Path("a.mp3")
    reason = TrackRefusedError(path, key, **values) if key else None
    assert reason_left_alone(WriteResult(path, status, reason=reason), policy) == said


@pytest.mark.parametrize("is_quiet", [True, False])
def test_quiet_shows_no_bar_on_a_terminal(capsys, monkeypatch, is_quiet):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    events = [Progress(Stage.ANALYSE, 1, 2), "a track"]
    assert list(show_progress(events, is_quiet=is_quiet)) == ["a track"]
    assert (capsys.readouterr().err == "") is is_quiet
