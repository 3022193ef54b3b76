"""Which rows a filter lets pass."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from genretagger.core.errors import DecodeError
from genretagger.core.predictions import Level, Unsure
from genretagger.review.filter.filter_syntax import FilterField
from genretagger.review.filter.filters import FilterWords, MisreadReason, parse_filter
from genretagger.review.filter.search_text import search_texts
from genretagger.review.rows.decisions import edited
from genretagger.review.rows.row import State
from genretagger.review.rows.row_events import make_failed_row
from tests.helpers.rows import analysed_row, heard, prediction, track

BROKEN = Path("/music/broken.flac")
ROWS = (
    heard("so what.flac", "jazz", 0.91, title="So What", artist="Miles Davis",
          album="Kind of Blue", genres=("Jazz",)),
    heard("two.mp3", "rock", 0.72, level=Level.MEDIUM, artist="Beatles",
          genres=("Britpop",)),
    heard("three.ogg", "hiphop", 0.55, Unsure.LOW_CONFIDENCE, level=Level.LOW),
    heard("four.flac", "pop", 0.595, level=Level.LOW, genres=("Hip-Hop", "Rap")),
    make_failed_row(BROKEN, DecodeError(BROKEN, "file-unreadable", reason="no sound in it")),
)  # fmt: skip


def passed(text, *, states=(), words=None):
    """Return the ids of the rows that pass, checked both at once and one by one."""
    wanted = parse_filter(text, words or FilterWords(), states=states)
    texts = search_texts(ROWS)
    numbers = wanted.passed(ROWS, texts)
    assert numbers == [n for n, row in enumerate(ROWS) if wanted.passes(row, texts[n])]
    return numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("miles", [0]),
        ("MILES blue", [0]),
        ('"kind of blue"', [0]),
        ("-miles", [1, 2, 3, 4]),
        ("genre:rock", [1]),
        ("genre:pop", [1, 3]),
        ("now:pop", [1]),
        ("now:=pop", []),
        ("now:=britpop", [1]),
        ('now:""', [2, 4]),
        ("suggested:jazz,rock", [0, 1]),
        ("genre:hiphop", [2, 3]),
        ('genre:"hip hop"', [2, 3]),
        ("heard:hip-hop", [2]),
        ("heard:=Rock", [1]),
        ("artist:davis title:what", [0]),
        ("album:blue", [0]),
        ("file:.mp3", [1]),
        ("path:/music/", [0, 1, 2, 3, 4]),
        ("state:unsure", [2]),
        ("state:open", [2, 3]),
        ("-state:open", [0, 1, 4]),
        ("state:failed,agrees", [0, 1, 4]),
        ("state:=agrees", [0, 1]),
        ("state:finer", [1]),
        ('state:"agrees (finer)"', [1]),
        ("state:agrees -state:finer", [0]),
        ("level:high", [0]),
        ("level:medium,high", [0, 1]),
        ("conf:<0.6", [2, 3]),
        ("conf:>=90%", [0]),
        ("conf:0.55..0.72", [1, 2, 3]),
        ("conf:59", [3]),
        ("why:sound", [4]),
        ("genre:rock conf:<0.6", []),
    ],
)
def test_what_passes(text, numbers):
    assert passed(text) == numbers


def test_what_was_heard_stays_when_another_genre_is_decided_on():
    row = edited(ROWS[1], ("Pop",))
    for text, passes in (("heard:rock", True), ("suggested:rock", False), ("suggested:pop", True)):
        assert parse_filter(text, FilterWords()).passes(row, "") is passes


def test_genres_that_one_text_joins_are_found_one_by_one():
    row = replace(ROWS[1], current_genres=("Rock; Britpop",), joined_by=";")
    for text, passes in (
        ("now:=rock", True), ("now:=britpop", True), ('now:="rock; britpop"', True),
        ("now:=pop", False),
    ):  # fmt: skip
        assert parse_filter(text, FilterWords()).passes(row, "") is passes


@pytest.mark.parametrize("state", list(State))
def test_a_state_is_found_with_a_blank_a_hyphen_or_neither(state):
    shown = {
        *(state.value.replace(" ", between) for between in ("", "-", "_")),
        *(f'"{state.value}"', f'="{state.value}"', f"={state.value.replace(' ', '')}"),
        *(state.value.upper().replace(" ", ""), state.value.replace(" ", "")[:4]),
    }
    row = SimpleNamespace(state=state)
    other = SimpleNamespace(state=State.FAILED if state is not State.FAILED else State.AGREES)
    for value in shown:
        wanted = parse_filter(f"state:{value}", FilterWords())
        assert wanted.passes(row, ""), value
        assert not wanted.passes(other, ""), value
        assert not wanted.misread


def test_a_state_with_a_blank_is_found_without_quotes():
    said = prediction("rock", 0.9, Unsure.NOT_MUSIC)
    wanted = parse_filter("state:not music", FilterWords())
    assert wanted.passes(analysed_row(track(), said), "")
    assert not wanted.passes(ROWS[2], "")


def test_states_that_were_chosen_limit_what_is_shown():
    assert passed("", states=(State.FAILED, State.UNSURE)) == [2, 4]
    assert passed("broken", states=(State.UNSURE,)) == []


def test_words_of_the_users_language_are_taken_beside_the_english_ones():
    spanish = FilterWords(
        states={state: "dudoso" if state is State.UNSURE else state.value for state in State},
        fields={"género": FilterField.GENRE},
    )
    assert passed("state:dudoso género:hiphop", words=spanish) == [2]
    assert passed("state:unsure genre:hiphop", words=spanish) == [2]


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("genre:", MisreadReason.NO_VALUE),
        ("conf:high", MisreadReason.NO_NUMBER),
        ("state:blue", MisreadReason.NO_STATE),
        ("level:ten", MisreadReason.NO_LEVEL),
    ],
)
def test_what_is_not_understood_is_told_and_hides_nothing(text, trouble):
    wanted = parse_filter(text, FilterWords())
    assert [one.reason for one in wanted.misread] == [trouble]
    assert not wanted
    assert passed(f"{text} miles") == [0]


def test_whatever_is_typed_filters_without_failing():
    rng = random.Random(7)
    pieces = [
        '"',
        ":",
        ",",
        "-",
        "=",
        "genre:",
        "conf:",
        "state:",
        "now:",
        "..",
        "<",
        "0.6",
        " ",
        "r",
    ]
    for _ in range(1000):
        text = "".join(rng.choice(pieces) for _ in range(rng.randrange(10)))
        assert set(passed(text)) <= set(range(len(ROWS)))
