"""Which tracks have which genre of the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from genretagger.core.errors import StoreError
from genretagger.core.tracks import TagReading, hearing_key
from genretagger.core.writes import Action, Decision
from genretagger.library.decision_store import DecisionStore, StoredDecision
from genretagger.library.store import Store
from genretagger.library.training_labels import label_tracks
from tests.helpers.classifier_library import put


def tags(*genres, artist="A", album="", album_artist="", joins=False):
    return TagReading("mp3", "T", artist, album, album_artist, genres, 1.0, joins_genres=joins)


def label(*readings, accepted=()):
    tracks = [(f"digest {number}", reading) for number, reading in enumerate(readings)]
    return label_tracks(tracks, accepted=dict(accepted), separator="/")


def genres_of(*readings, **named):
    return [track.genre for track in label(*readings, **named)]


def test_the_first_genre_counts_and_the_usual_spelling_stays():
    assert (
        genres_of(
            tags("post-punk", "Rock"),
            tags("Post Punk"),
            tags("Post Punk"),
            tags("rap"),
            tags("Rap"),
        )
        == ["Post Punk"] * 3 + ["rap"] * 2
    )


def test_what_is_no_genre_is_left_out():
    none = ("Unknown", "other", " ", "", "???", "No Genre", "Misc.", "a\ue000", "\ufeff", "x" * 101)
    assert genres_of(*map(tags, none), tags(), tags("", "Jazz")) == ["Jazz"]


def test_what_cannot_be_seen_makes_no_other_genre():
    assert genres_of(tags("Polka"), tags("\ufeffPolka"), tags("Pol\u200bka\0")) == ["Polka"] * 3


def test_a_joined_genre_is_divided_unless_it_is_known_as_it_is():
    assert genres_of(tags("Polka/Folk", joins=True)) == ["Polka"]
    assert genres_of(tags("Hip-Hop/Rap", joins=True)) == ["Hip-Hop/Rap"]
    assert genres_of(tags("Singer/Songwriter", joins=True)) == ["Singer/Songwriter"]
    assert genres_of(tags("Pop/Rock", joins=True)) == ["Pop"], "Pop Rock is another genre"
    assert genres_of(tags("Polka/Folk")) == ["Polka/Folk"]
    assert genres_of(tags("/", joins=True)) == []


def test_what_was_accepted_wins_over_tags():
    accepted = {"digest 0": ("Polka", "Folk"), "digest 1": ("Folk",)}
    assert genres_of(tags("Rock"), tags(), tags("Pop"), accepted=accepted) == [
        *("Polka", "Folk", "Pop"),
    ]


def test_a_recording_counts_once_as_it_came_first():
    same, again = hearing_key("same", "1"), hearing_key("same", "2")
    tracks = [(same, tags("Rock")), (again, tags("Pop")), ("other", tags("Pop"))]
    found = label_tracks(tracks, accepted={"same": ("Polka",)}, separator="/")
    assert [(track.hearing_key, track.genre) for track in found] == [
        (same, "Polka"),
        ("other", "Pop"),
    ]


@pytest.mark.parametrize(
    ("reading", "group", "knows"),
    [
        (tags("X", artist="The Band"), "artist:theband", True),
        (tags("X", artist="the band feat. Others"), "artist:theband", True),
        (tags("X", artist="The Band (ft. Others)"), "artist:theband", True),
        (tags("X", artist="Feat."), "artist:feat", True),
        (tags("X", artist="", album_artist="Band"), "artist:band", True),
        (tags("X", artist="Various Artists", album="One"), "album:one", False),
        (tags("X", artist="Unknown", album_artist="VA", album="One"), "album:one", False),
        (tags("X", artist=""), "track:digest 0", False),
    ],
)
def test_tracks_are_grouped_by_artist_else_album_else_alone(reading, group, knows):
    (track,) = label(reading)
    assert (track.group, track.knows_artist) == (group, knows)


def test_the_store_tells_tags_that_changed_last_first(tmp_path):
    with Store.open(tmp_path / "store.sqlite") as store:
        put(store, "a", tags("Old"), at=1)
        put(store, "b", tags("Pop"), at=3)
        put(store, "a", tags("New"), at=2)
        found = list(store.all_tags())
    assert [(digest, reading.genres) for digest, reading in found] == [
        ("b", ("Pop",)),
        ("a", ("New",)),
        ("a", ("Old",)),
    ]


def test_the_session_tells_what_was_accepted_last(tmp_path):
    session = DecisionStore(tmp_path / "session.sqlite")
    first, second = Path("/a"), Path("/b")
    session.save([StoredDecision("x", first, Decision(Action.ACCEPT, ("Polka",)))])
    session.save(
        [StoredDecision("x", second, Decision(Action.ACCEPT, ("Folk", "Rock"), written=True))]
    )
    session.save([StoredDecision("y", first, Decision(Action.REJECT))])
    assert session.accepted() == {"x": ("Folk", "Rock")}
    session.close()
    with pytest.raises(StoreError):
        session.accepted()
