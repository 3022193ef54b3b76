"""The vocabulary knows its own names, what tags call them, and what is a style of what."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.resources import resource
from genretagger.core.vocabulary import agrees_with, vocabulary

CONTENT = json.loads(resource("genres.json").read_text(encoding="utf-8"))
ENTRIES = {entry["id"]: entry for entry in (*CONTENT["genres"], *CONTENT["styles"])}


def names_in(entry):
    return entry["name"], *entry.get("aliases", ())


def test_it_holds_the_ten_genres_of_the_model():
    assert sorted(vocabulary().genres) == [
        *("blues", "classical", "country", "disco", "hiphop"),
        *("jazz", "metal", "pop", "reggae", "rock"),
    ]


def test_it_holds_the_ten_and_the_styles_each_with_an_id_and_a_name_of_its_own():
    assert 60 <= len(vocabulary().styles) <= 90
    assert [*vocabulary().genres, *vocabulary().styles] == list(ENTRIES)
    assert len(ENTRIES) == len(CONTENT["genres"]) + len(CONTENT["styles"])
    assert len(set(vocabulary().names.values())) == len(ENTRIES)


def test_every_name_is_that_of_one_genre_and_listed_once():
    known = vocabulary()
    for genre, entry in ENTRIES.items():
        assert [known.normalise(name) for name in names_in(entry)] == [genre] * len(names_in(entry))
    # Those that are spelled alike: `key` of an unknown text is the text as it is compared.
    folded = Counter(name for entry in ENTRIES.values() for name in map(fold, names_in(entry)))
    assert folded.most_common(1)[0][1] == 1


def fold(name):
    plain = name.casefold().translate(str.maketrans("áéíóúñôëïàè", "aeiounoeiae"))
    return "".join(c for c in plain if c.isalnum() or c == "/")


def test_a_kind_is_no_name_and_stands_once_in_an_entry():
    for genre, entry in ENTRIES.items():
        kinds = entry.get("kinds", ())
        assert len(set(map(fold, kinds))) == len(kinds)
        for kind in kinds:
            assert vocabulary().normalise(kind) is None, kind
            assert genre in vocabulary().places(kind)


def test_every_parent_exists_and_no_style_is_above_itself():
    known = vocabulary()
    for genre, entry in ENTRIES.items():
        assert known.parent(genre) in (*entry.get("parents", ()), None)
        for parent in entry.get("parents", ()):
            assert parent in ENTRIES
            assert known.is_within(genre, parent)
            assert not known.is_within(parent, genre)
    assert not any("parents" in entry for entry in CONTENT["genres"]), "the ten are families"


def test_the_page_of_genres_lists_every_family_with_its_styles():
    known = vocabulary()
    path = Path(__file__).parents[2] / "docs" / "manual" / "styles.md"
    page = path.read_text(encoding="utf-8")
    lines = [line.replace("*", "") for line in page.splitlines()]
    families = [genre for genre in ENTRIES if known.parent(genre) is None]
    for family in families:
        styles = (known.name(style) for style in known.styles if known.family(style) == family)
        listed = ", ".join(name for name in styles if name != known.name(family))
        assert f"| {known.name(family)} | {listed} |" in lines
    assert f"knows {len(known.styles)} styles" in page


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("Hip-Hop", "hiphop"),
        ("hip hop", "hiphop"),
        ("HIPHOP/RAP", "hiphop"),
        ("Rock", "rock"),
        (" rock ", "rock"),
        ("Heavy Metal", "heavy-metal"),
        ("heavy-metal", "heavy-metal"),
        ("Electronica/Dance", "electronic"),
        ("Drum'n'Bass", "drum-and-bass"),
        ("R&B", "rnb"),
        ("RnB", "rnb"),
        ("R&B/Soul", "rnb-soul"),
        ("R&B \uff0f Soul", "rnb-soul"),
        ("musica CLASICA", "classical"),
        ("Canci\u00f3n de autor", "singer-songwriter"),
        ("Pop/Rock", None),  # two genres: a tag is split at the slash
        ("Deep House", None),
        ("Zydeco", None),
        ("", None),
        ("/", None),
    ],
)
def test_spellings_found_in_tags(text, genre):
    assert vocabulary().normalise(text) == genre


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Rock", ("rock",)),
        ("Singer/Songwriter", ("singer-songwriter",)),
        ("Deep House", ("house",)),
        ("Country Rock", ("country", "rock")),
        ("Geek Rock", ("rock",)),
        ("Bedrock", ()),
        ("", ()),
    ],
)
def test_the_places_of_a_text_are_what_it_names_or_is_a_kind_of(text, places):
    assert vocabulary().places(text) == places


# Of AudioSet (Gemmeke 2017) and of MTG-Jamendo (Bogdanov 2019): what other networks hear.
@pytest.mark.parametrize(
    ("tag", "genre"),
    [
        ("Heavy metal", "heavy-metal"),
        ("Rock and roll", "rock-and-roll"),
        ("Rhythm and blues", "rnb"),
        ("Swing music", "swing"),
        ("Middle Eastern music", "middle-eastern"),
        ("Electronic dance music", "dance"),
        ("Music of Latin America", "latin"),
        ("Music for children", "childrens-music"),
        ("New-age music", "new-age"),
        ("A capella", "a-cappella"),
        ("Music of Africa", "african"),
        ("Carnatic music", "carnatic"),
        ("Music of Bollywood", "bollywood"),
        ("Video game music", "video-game-music"),
        ("easylistening", "easy-listening"),
        ("triphop", "trip-hop"),
        ("poprock", "pop-rock"),
    ],
)
def test_the_names_of_other_networks_are_spellings_too(tag, genre):
    assert vocabulary().normalise(tag) == genre


def test_a_tag_of_the_network_leads_to_one_style():
    known = vocabulary()
    tags = [(tag, genre) for genre, entry in ENTRIES.items() for tag in entry.get("heard_by", ())]
    assert len(dict(tags)) == len(tags)
    for tag, genre in tags:
        assert known.style_of_tag(tag) == genre
        assert ": " in tag or known.normalise(tag) == genre, "a tag without a source is a name"
        assert genre in known.styles
    assert known.style_of_tag("electronica") == known.style_of_tag("electronic") == "electronic"
    assert known.style_of_tag("rock") is known.style_of_tag("female vocalists") is None


def test_only_a_canonical_id_has_a_written_name():
    assert vocabulary().name("hiphop") == "Hip-Hop"
    assert vocabulary().name("hip hop") == "hip hop"
    assert vocabulary().name("drum-and-bass") == "Drum & Bass"


@given(st.text())
def test_normalising_is_idempotent(text):
    genre = vocabulary().normalise(text)
    assert genre is None or vocabulary().normalise(vocabulary().name(genre)) == genre


def test_a_style_leads_to_its_family():
    known = vocabulary()
    assert known.parent("grunge") == "alternative-rock"
    assert known.family("grunge") == known.family("rock") == "rock"
    assert known.family("house") == "electronic"
    assert known.parent("electronic") is known.parent("Geek Rock") is None
    assert known.family("Geek Rock") == "Geek Rock"


def test_a_style_is_within_all_that_it_belongs_to():
    known = vocabulary()
    assert known.is_within("indie-pop", "pop")
    assert known.is_within("indie-pop", "rock"), "by way of Indie"
    assert known.is_within("rock", "rock")
    assert not known.is_within("rock", "punk")
    assert not known.is_within("punk", "metal")


@pytest.mark.parametrize(
    ("tag", "genre"),
    [
        ("hip hop", "hiphop"),
        ("Indie Rock", "rock"),
        ("Indie Rock", "Rock"),
        ("Dub", "reggae"),
        ("Heavy Metal", "metal"),
        ("Electronica/Dance", "electronic"),
        ("Deep House", "Electronic"),
        ("Country Rock", "country"),
        ("Country Rock", "rock"),
        ("My Own", "my own"),
        ("***", "***"),
    ],
)
def test_a_tag_agrees_with_its_genre_and_with_all_that_it_is_a_style_of(tag, genre):
    assert agrees_with(tag, genre)


@pytest.mark.parametrize(
    ("tag", "genre"),
    [
        ("Rock", "punk"),
        ("Metal", "Heavy Metal"),
        ("Indie Rock", "pop"),
        ("House", "Deep House"),
        ("Bedrock", "rock"),
        ("Other", "rock"),
        ("***", "+++"),
        ("", "rock"),
    ],
)
def test_a_tag_does_not_agree_with_what_is_finer_or_another_genre(tag, genre):
    assert not agrees_with(tag, genre)
