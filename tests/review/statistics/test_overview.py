"""The library at a glance, for libraries small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from genretagger.core.errors import UnsupportedFormatError
from genretagger.core.predictions import GenreScore, Level, Prediction, Unsure
from genretagger.core.writes import Policy
from genretagger.review.rows.confidence_levels import PERSONAL_PREFIX
from genretagger.review.rows.decisions import accepted, edited, rejected
from genretagger.review.rows.row import Row
from genretagger.review.statistics.confusion import MOST_TAGGED, Confusion, DisputedPair
from genretagger.review.statistics.genre_counts import MOST_GENRES, GenreCount
from genretagger.review.statistics.overview import (
    N_BINS,
    TrustLevel,
    find_bin,
    summarise_library,
)

PATH = Path("/music/a.flac")


def row(heard="rock", *now, confidence=0.9, unsure=None, level=Level.MEDIUM, **fields):
    found = Prediction(heard, confidence, (GenreScore(heard, confidence),), (), unsure, level, "m")
    return Row(PATH, current_genres=now, prediction=found, hearing_key="digest", **fields)


def seen(*rows, policy=Policy.FILL, protected=()):
    return summarise_library(rows, policy=policy, protected=protected)


def test_an_empty_library_has_an_overview_too():
    found = seen()
    assert found.genres.listed == ()
    assert found.confusion == Confusion()
    assert found.disputed == ()
    assert len(found.histogram) == N_BINS


def test_a_finer_genre_is_no_dispute_and_has_its_frame_in_the_matrix():
    found = seen(row("reggae", "Dub"), row("reggae", "Reggae"), row("rock", "Geek Rock"))
    assert found.disputed == ()
    confusion = found.confusion
    for tag, heard in (("Dub", "Reggae"), ("Reggae", "Reggae"), ("Geek Rock", "Rock")):
        place = confusion.tagged.index(tag)
        assert confusion.agreeing[place] == (confusion.heard.index(heard),)


def test_what_is_not_music_has_no_confidence():
    found = seen(row(unsure=Unsure.NOT_MUSIC), row(unsure=Unsure.UNFAMILIAR))
    assert sum(n for counts in found.histogram for n in counts.values()) == 1


def test_after_is_what_writing_under_the_policy_makes_of_it():
    rows = [accepted(row("rock")), accepted(row("rock", "Pop")), row("rock", "Pop")]
    filled = seen(*rows).genres
    assert filled.listed == (GenreCount("Pop", 2, 2), GenreCount("Rock", 0, 1))
    assert filled.without == GenreCount("", 1, 0)
    added = seen(*rows, policy=Policy.ADD).genres
    assert added.listed == (GenreCount("Pop", 2, 2), GenreCount("Rock", 0, 2))
    replaced = seen(*rows, policy=Policy.REPLACE).genres
    assert replaced.listed == (GenreCount("Pop", 2, 1), GenreCount("Rock", 0, 2))
    kept = seen(*rows, policy=Policy.REPLACE, protected=("Pop",)).genres
    assert kept.listed[0] == GenreCount("Pop", 2, 2)


def test_what_is_not_written_stays_as_it_is():
    locked = replace(accepted(row()), read_only=UnsupportedFormatError(PATH, "format-unknown"))
    written = accepted(row("rock", "Rock"))
    written = replace(written, decision=replace(written.decision, written=True))
    found = seen(locked, rejected(row("rock", "Pop")), written, policy=Policy.REPLACE).genres
    assert found.listed == (GenreCount("Pop", 1, 1), GenreCount("Rock", 1, 1))
    assert found.without == GenreCount("", 1, 1)


def test_a_file_counts_for_each_of_its_genres_and_spellings_are_one():
    found = seen(
        row("pop", "Hip-Hop", "Live"),
        row("pop", "hip hop"),
        row("pop", "Hip-Hop", "HIPHOP"),
        row("pop", "Live; Rock", joined_by=";"),
        row("pop", "Folk;Rock"),
    ).genres
    names = {tally.name: tally.before for tally in found.listed}
    assert names == {"Hip-Hop": 3, "Live": 2, "Folk;Rock": 1, "Rock": 1}


def test_rare_genres_are_one_bar():
    rows = [row("pop", f"Genre {n:02}") for n in range(MOST_GENRES + 3)] * 2
    rows += [row("pop", "Genre 16", "Genre 17")]
    found = seen(*rows, edited(row("pop", "Genre 15"), ("Genre 00",)), policy=Policy.REPLACE).genres
    assert len(found.listed) == MOST_GENRES
    assert found.n_other == 3
    listed = {tally.name for tally in found.listed}
    assert {"Genre 00", "Genre 15", "Genre 16", "Genre 17"} <= listed
    assert found.other == GenreCount("", 6, 6)


@pytest.mark.parametrize(
    ("confidence", "number"),
    [(0.0, 0), (0.049, 0), (0.05, 1), (0.15, 3), (0.35, 7), (0.95, 19), (1.0, 19)],
)
def test_a_bin_begins_at_its_lower_bound(confidence, number):
    assert find_bin(confidence) == number


def test_verdicts_are_stacked_by_how_far_they_can_be_trusted():
    found = seen(
        row(confidence=0.97, level=Level.HIGH),
        row(confidence=0.96, level=Level.HIGH),
        row(confidence=0.95, unsure=Unsure.UNFAMILIAR, level=Level.HIGH),
        row(confidence=0.52, level=Level.LOW),
    ).histogram
    assert found[19] == {
        TrustLevel.HIGH: 2, TrustLevel.MEDIUM: 0, TrustLevel.LOW: 0, TrustLevel.UNSURE: 1,
    }  # fmt: skip
    assert found[10][TrustLevel.LOW] == 1
    assert sum(sum(one.values()) for one in found) == 4


def test_agreement_is_a_diagonal():
    rows = [row("rock", "Rock")] * 3 + [row("rock", "Pop")] * 2 + [row("pop", "Pop")]
    rows += [row("pop", "Shanty")] * 4 + [row("jazz")]
    found = seen(*rows).confusion
    assert found.heard == ("Rock", "Pop"), "of what has no genre there is nothing to compare"
    assert found.tagged == ("Rock", "Pop", "Shanty")
    assert found.counts == ((3, 0), (2, 1), (0, 4))
    assert found.agreeing == ((0,), (1,), ())


def test_what_is_rare_in_tags_is_one_row():
    rows = [row("rock", f"Genre {n:02}") for n in range(MOST_TAGGED)] * 2
    rows += [row("rock", "Rare"), row("pop", "Seldom"), row("pop", "Rare")]
    found = seen(*rows).confusion
    assert len(found.tagged) == MOST_TAGGED
    assert len(found.counts) == MOST_TAGGED + 1
    assert found.counts[-1] == (1, 2)
    assert found.n_columns == len(found.heard) == 2


def test_the_most_disputed_pairs_leave_out_files_that_have_what_is_heard():
    rows = [row("rock", "Pop")] * 3 + [row("rock", "Pop", "Rock")] * 5
    rows += [row("pop", "Rock")] * 4 + [row("jazz", "Pop")]
    found = seen(*rows)
    assert found.disputed == (
        DisputedPair("Rock", "Pop", 4),
        DisputedPair("Pop", "Rock", 3),
        DisputedPair("Pop", "Jazz", 1),
    )
    place = found.confusion.tagged.index("Pop"), found.confusion.heard.index("Rock")
    assert found.confusion.counts[place[0]][place[1]] == 8


def test_a_style_in_tags_agrees_with_its_genre():
    rows = [row("pop", "Pop")] * 5 + [row("rock", "Indie Rock")] * 6 + [row("rock", "Rock")] * 3
    rows += [row("pop", "Pop Rock")] * 2 + [row("rock", "Pop Rock"), row("pop", "Indie Rock")]
    found = seen(*rows)
    assert found.confusion.heard == ("Rock", "Pop")
    assert found.confusion.tagged == ("Rock", "Indie Rock", "Pop Rock", "Pop")
    assert found.confusion.agreeing == ((0,), (0,), (0, 1), (1,))
    assert found.disputed == (DisputedPair("Indie Rock", "Pop", 1),)


def test_a_tag_that_is_broader_than_a_style_agrees_unless_the_user_told_them_apart():
    house, own = row("house", "Electronic"), row("Punk", "Rock")
    own = replace(own, prediction=replace(own.prediction, model_id=f"{PERSONAL_PREFIX}mine"))
    found = seen(house, own)
    assert found.confusion.agreeing == ((0,), ())
    assert found.disputed == (DisputedPair("Rock", "Punk", 1),)


def test_a_genre_that_no_bar_has_room_for_counts_with_its_family():
    many = [row("pop", f"Genre {n:02}") for n in range(MOST_GENRES - 3)] * 9
    styles = ["Techno", "Deep House", "Trance", "House", "Electro", "Grunge", "Geek Rock"]
    rows = [row("pop", style) for style in styles] + [row("pop", "Techno", "deep house")]
    rows += [row("pop", "Hard Rock")] * 20 + [row("pop", "Rock")] * 3 + [row("pop", "Alone")] * 2
    found = seen(*many, *rows).genres
    assert len(found.listed) == MOST_GENRES
    counts = {count.name: count for count in found.listed}
    assert counts["Hard Rock"] == GenreCount("Hard Rock", 20, 20), "it has a bar of its own"
    assert (counts["Rock"].before, counts["Electronic"].before) == (5, 6)
    assert sorted(counts["Rock"].with_styles) == ["Geek Rock", "Grunge", "Rock"]
    assert sorted(counts["Electronic"].with_styles) == [
        *("Deep House", "Electro", "House", "Techno", "Trance", "deep house"),
    ]
    assert (found.other, found.n_other) == (GenreCount("", 2, 2), 1)


def test_a_library_of_few_genres_shows_each_of_them():
    found = seen(row("pop", "Techno"), row("pop", "House"), row("rock", "Punk")).genres
    assert {(count.name, count.with_styles) for count in found.listed} == {
        ("Techno", ()), ("House", ()), ("Punk", ()),
    }  # fmt: skip
