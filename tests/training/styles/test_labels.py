"""What is known of the style of a track."""

from __future__ import annotations

from genretagger.analysis.manifest import default_model_folder, load_manifest
from genretagger.core.vocabulary import vocabulary
from genretagger.training.data.dataset import GENRES
from genretagger.training.styles import labels
from genretagger.training.styles.labels import (
    find_clip_label,
    find_piece_label,
    group_style_tags,
)


def test_styles_are_heard_by_tags_of_the_embedding():
    shipped = load_manifest(default_model_folder()).tags
    assert set(vocabulary()._by_tag) <= set(shipped)
    assert group_style_tags(shipped)["electronic"][:2] == ("electronic", "electronica")
    assert group_style_tags(["polka", "folk"]) == {"folk": ("folk",)}


def test_every_label_is_a_style_of_the_vocabulary():
    for key, label in labels._rows().items():
        assert label.styles | label.doubtful <= set(vocabulary().styles), key
        assert not label.styles & label.doubtful, key
        assert label.genre in (*GENRES, "", "?"), key


def test_an_artist_says_more_than_his_genre():
    assert find_clip_label("metal", artist="New Bomb Turks").tell("punk") is True
    assert find_clip_label("metal", artist="").tell("punk") is None
    assert find_clip_label("classical", artist="").tell("punk") is False
    assert find_clip_label("metal", artist="New Bomb Turks").genre == "metal"


def test_a_piece_is_known_by_clip_group_or_tag():
    by_tag = find_piece_label("x.song", group="x", tag="Romantic Classical")
    assert (by_tag.genre, by_tag.tell("electronic"), by_tag.tell("ambient")) == (
        "classical",
        False,
        None,
    )
    by_group = find_piece_label("x.song", group="Kenta Cho", tag="")
    assert (by_group.genre, by_group.tell("electronic"), by_group.tell("soul")) == ("", True, False)


def test_of_other_music_outside_only_what_is_not_sung_is_certain():
    soundtrack = find_piece_label("x.song", group="x", tag="Soundtrack")
    assert soundtrack.genre == ""
    assert (soundtrack.tell("soul"), soundtrack.tell("electronic")) == (False, None)
    assert find_piece_label("x.song", group="x", tag="Blues").genre == "?"
