"""Rows that sound like a style beyond the ten genres: what they suggest, and what takes it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from genretagger.core.genres import GenreMapping
from genretagger.core.predictions import Level, Unsure
from genretagger.core.settings import Settings
from genretagger.review.albums.albums import compute_contexts, find_album_genres
from genretagger.review.filter.filters import FilterWords, parse_filter
from genretagger.review.genres.mapping import GenreRules, apply_rules
from genretagger.review.rows import bulk_actions, decisions
from genretagger.review.rows.album_context import AlbumContext
from genretagger.review.rows.bulk_actions import SkipReason, apply_action
from genretagger.review.rows.choices import list_choices, offered_styles, style_hints
from genretagger.review.rows.confidence_levels import ClassifierLevels
from genretagger.review.rows.row import State
from genretagger.review.statistics.overview import TrustLevel, summarise_library
from genretagger.review.statistics.threshold_curve import compute_curve
from genretagger.review.table.album_groups import summarise_album
from genretagger.review.table.sort_keys import SortField, make_sort_keys
from tests.helpers.rows import analysed_row, heard, prediction, track

LOW = Unsure.LOW_CONFIDENCE
FOLK, GUESS = ("folk", 0.86), ("folk", 0.7, False)


def styled(*styles, name="a.flac", genre="country", unsure=LOW, genres=(), **named):
    """Return the row of a track whose genre is in doubt, as it is unless `unsure` is None."""
    return heard(name, genre, 0.4, unsure, styles=styles, genres=genres, **named)


def with_rules(row, **rules):
    return apply_rules([row], GenreRules(**rules), lambda _track: None).get(0, row)


@pytest.mark.parametrize(
    ("genres", "state"),
    [
        ((), State.MISSING),
        (("Folk",), State.AGREES),
        (("folk music",), State.AGREES),
        (("Country",), State.DIFFERS),
    ],
)
def test_a_proven_style_is_suggested_as_a_genre_is(genres, state):
    row = styled(FOLK, genres=genres)
    assert (row.state, row.suggested, row.unsure, row.doubt) == (state, ("Folk",), None, LOW)
    assert (row.genre, row.shown_confidence, row.level) == ("folk", 0.86, Level.MEDIUM)


def test_a_style_that_is_not_proven_is_suggested_but_stays_unsure():
    row = styled(GUESS, genres=("Folk",))
    assert (row.state, row.suggested, row.unsure) == (State.UNSURE, ("Folk",), LOW)
    assert row.effective_confidence == 0.7


@pytest.mark.parametrize("unsure", [None, Unsure.NOT_MUSIC])
def test_where_a_genre_fits_or_nothing_is_music_no_style_stands_in_its_place(unsure):
    row = styled(FOLK, unsure=unsure)
    assert (row.style, row.suggested, row.genre) == (None, ("Country",), "country")
    if unsure is not None:
        assert row.state is State.NOT_MUSIC
        assert offered_styles(row) == ()


def test_the_surest_style_stands_for_any_doubt():
    for unsure in (LOW, Unsure.SEGMENTS_DISAGREE, Unsure.UNFAMILIAR):
        assert styled(("house", 0.83), ("electronic", 0.81), unsure=unsure).suggested == ("House",)


def test_a_personal_classifier_instead_has_no_styles():
    mine = prediction("Post-Punk", 0.3, LOW, model="personal:mine:1")
    row = analysed_row(track(), mine, personal=mine)
    assert (row.style, row.suggested, row.state) == (None, ("Post-Punk",), State.UNSURE)


# What is offered


def offered(row):
    return [(choice.genre, choice.share) for choice in list_choices(row)]


def test_a_finer_style_comes_after_the_genre_and_before_the_next_genre():
    row = heard("a.flac", "rock", 0.9, styles=(("punk", 0.7), ("folk", 0.6), ("folk-rock", 0.5)))
    assert offered(row)[:4] == [
        ("rock", 0.9),
        ("punk", 0.7),
        ("folk-rock", 0.5),
        (row.prediction.scores[1].genre, row.prediction.scores[1].score),
    ]
    assert len(offered(row)) == len(row.prediction.scores) + 2, "folk is no rock"
    assert decisions.get_nth_genres(row, 1) == ("Punk",)


def test_where_a_style_leads_further_styles_and_all_genres_follow():
    row = styled(("house", 0.83), ("electronic", 0.81))
    assert offered(row)[:3] == [("house", 0.83), ("electronic", 0.81), ("country", 0.4)]
    keys = [decisions.get_nth_genres(row, n) for n in range(3)]
    assert keys == [("House",), ("Electronic",), ("Country",)]
    changed, _ = apply_action(bulk_actions.choose(2), {0: row})
    assert changed[0].decision.genres == ("Country",)
    assert decisions.get_nth_genres(row, 99) == ()


def test_a_hint_that_is_offered_as_a_style_is_not_named_twice():
    row = styled(FOLK, hints=("folk", "acoustic"))
    assert style_hints(row) == ("Acoustic",)
    assert style_hints(heard(hints=("folk", "acoustic"))) == ("Folk", "Acoustic")


def test_styles_are_mapped_as_genres_are():
    row = styled(FOLK, ("celtic", 0.5))
    mapped = with_rules(row, mapping=GenreMapping((("folk", ("World", "Folk")),)))
    assert (mapped.suggested, mapped.shown_confidence) == (("World", "Folk"), 0.86)
    finer = with_rules(row, mapping=GenreMapping((("celtic", ("Irish",)),)))
    assert (finer.suggested, decisions.get_nth_genres(finer, 1)) == (("Folk",), ("Irish",))


def test_without_styles_a_row_is_as_the_ten_genres_have_it_and_back_again():
    row = styled(FOLK, hints=("folk",))
    ten = with_rules(row, with_styles=False)
    assert (ten.state, ten.suggested, ten.unsure) == (State.UNSURE, ("Country",), LOW)
    assert (ten.shown_confidence, offered_styles(ten)) == (0.4, ())
    assert style_hints(ten) == ("Folk",)
    assert with_rules(ten, with_styles=True) == row
    accepted = with_rules(decisions.accepted(row), with_styles=False)
    assert accepted.suggested == ("Folk",), "a decision stays"
    plain = heard()
    assert with_rules(plain, with_styles=False) is plain, "there is nothing to change"


def test_the_rules_say_by_the_settings_whether_there_are_styles():
    assert [GenreRules.of(Settings(genres=g)).with_styles for g in ("ten", "styles", "own")] == [
        False,
        True,
        True,
    ]


# What takes a style


def test_accepting_one_takes_any_style_and_accepting_several_a_proven_one():
    rows = {0: styled(FOLK), 1: styled(GUESS)}
    one, _ = apply_action(bulk_actions.accept(), {1: rows[1]})
    assert one[1].decision.genres == ("Folk",)
    for action in (bulk_actions.accept(several=True), bulk_actions.accept_album()):
        changed, result = apply_action(action, rows)
        assert list(changed) == [0]
        assert result.left_out == {SkipReason.UNSURE: 1}


def test_a_threshold_takes_a_proven_style_by_its_own_confidence():
    rows = {0: styled(FOLK), 1: styled(GUESS), 2: styled(("folk", 0.81)), 3: heard(hints=("folk",))}
    changed, result = apply_action(bulk_actions.accept_sure(0.85), rows)
    assert sorted(changed) == [0, 3]
    assert result.left_out == {SkipReason.UNSURE: 1, SkipReason.BELOW: 1}
    assert changed[3].decision.genres == ("Blues",), "a hint is never taken"
    curve = compute_curve(rows.values())
    assert (curve.at(0.85).n, curve.at(0.8).n, curve.n_open) == (2, 3, 4)
    assert curve.at(0.8).right == pytest.approx(0.86 + 0.81 + 0.9)


# Where else it shows


def test_filters_and_sorting_go_by_the_style():
    rows = [styled(FOLK), styled(GUESS, name="b.flac"), heard("c.flac", "country")]
    punk = heard("d.flac", "rock", styles=(("punk", 0.7),))
    finds = {
        "heard:folk": [0, 1],
        "suggested:folk": [0, 1],
        "style:punk": [3],
        "style:folk": [0, 1],
        "styles:Folk": [0, 1],
        "conf:>80%": [0, 2, 3],
        "level:medium": [0],
        "state:unsure": [1],
        "heard:country": [2],
        'style:""': [2],
    }
    for text, expected in finds.items():
        found = parse_filter(text, FilterWords()).passed([*rows, punk], ())
        assert found == expected, text
    assert make_sort_keys(rows, SortField.CONFIDENCE) == [0.86, 0.7, 0.9]


def test_the_overview_counts_a_style_as_what_was_heard():
    overview = summarise_library([styled(FOLK, genres=("Rock",)), styled(GUESS)], policy="fill")
    assert overview.confusion.heard == ("Folk",)
    trust = [trust for counts in overview.histogram for trust, n in counts.items() if n]
    assert trust == [TrustLevel.UNSURE, TrustLevel.MEDIUM]


def album(*rows):
    """Return the rows as tracks of one album, each with what the others add."""
    named = {n: replace(row, path=row.path.with_name(f"{n}.flac")) for n, row in enumerate(rows)}
    return compute_contexts(named, levels=ClassifierLevels())


def test_an_album_counts_styles_and_never_raises_one():
    rows = [styled(FOLK, name=f"{n}.flac", album="A", title=f"T{n}") for n in range(4)]
    rock = heard("5.flac", "rock", 0.95, album="A", title="R")
    contexts = album(*rows, rock)
    assert contexts[0].majority is None, "its own"
    assert contexts[4].majority == "folk"
    row = decisions.with_album(rows[0], replace(contexts[0], confidence=0.9, level=Level.HIGH))
    assert (row.effective_confidence, row.is_raised, row.level) == (0.86, False, Level.MEDIUM)
    assert summarise_album([*rows, rock]).genres == ("folk",)
    assert find_album_genres([*rows, rock]) == ("Folk",)


def test_where_an_album_settles_the_doubt_the_genre_stands():
    row = styled(FOLK)
    settled = decisions.with_album(row, AlbumContext(4, 4, 0.9, Level.HIGH))
    assert (settled.style, settled.suggested, settled.state) == (None, ("Country",), State.MISSING)
