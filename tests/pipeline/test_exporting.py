"""An export has the numbers that the table shows, and none of a genre for what is no music."""

from __future__ import annotations

from dataclasses import replace

import pytest

from genretagger.core.predictions import Level, Unsure
from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.writes import Policy
from genretagger.library.export import ExportOrder, Form, PlaylistGenre, PlaylistOptions
from genretagger.pipeline import Context
from genretagger.pipeline.exporting import export, record, table_line
from genretagger.review.rows.album_context import AlbumContext
from genretagger.review.rows.decisions import accepted, edited, with_album
from tests.helpers.rows import analysed_row, heard, prediction, track


def test_what_is_not_music_has_no_number_in_any_form():
    said = prediction("blues", 0.9, Unsure.NOT_MUSIC)
    row = analysed_row(track(), said, personal=replace(said, model_id="personal:Mine:1"))
    line = table_line(row)
    assert (line.confidence, line.level, line.runner_ups) == (None, "", ())
    written = record(row)
    for part in (written, written["personal"], written["review"]):
        assert (part["confidence"], part["level"]) == (None, None)
    assert written["scores"] is None
    assert (written["state"], written["unsure"]) == ("not music", "not music")


def test_what_an_album_raised_is_one_number_everywhere():
    said = prediction("blues", 0.6, level=Level.LOW)
    row = with_album(analysed_row(track(), said), AlbumContext(4, 4, 0.9, Level.MEDIUM))
    line, written = table_line(row), record(row)
    numbers = {
        row.shown_confidence,
        line.confidence,
        written["confidence"],
        written["scores"]["blues"],
        written["review"]["confidence"],
    }
    assert numbers == {0.9}
    assert (line.level, written["level"], written["review"]["level"]) == ("medium",) * 3
    assert sum(written["scores"].values()) == pytest.approx(1, abs=1e-4)


# Styles

LOW = Unsure.LOW_CONFIDENCE


def styled(unsure=LOW, genre="country"):
    return heard("a.flac", genre, 0.4, unsure, styles=(("folk", 0.86), ("house", 0.5, False)))


def test_a_line_of_the_table_has_the_styles_and_the_genres_that_come_next():
    line = table_line(styled())
    assert (line.suggested, line.confidence, line.level) == (("Folk",), 0.86, "medium")
    assert line.styles == (("Folk", 0.86), ("House", 0.5))
    assert [name for name, _ in line.runner_ups] == ["Country", "Blues"]


def test_a_finer_style_is_no_runner_up_among_the_genres():
    line = table_line(heard("a.flac", "rock", 0.9, styles=(("punk", 0.7),)))
    assert (line.suggested, line.styles) == (("Rock",), (("Punk", 0.7),))
    assert [name for name, _ in line.runner_ups] == ["Blues", "Classical"]


def test_a_record_keeps_the_genre_and_says_which_style_is_suggested():
    row = styled()
    said = record(row)
    folk = {"style": "folk", "confidence": 0.86, "proven": True}
    house = {"style": "house", "confidence": 0.5, "proven": False}
    assert (said["genre"], said["confidence"], said["state"]) == ("country", 0.4, "unsure")
    assert (said["styles"], said["style"], said["suggested"]) == ([folk, house], folk, ["Folk"])
    assert (said["review"]["state"], said["review"]["confidence"]) == ("missing genre", 0.86)
    assert record(edited(row, ("Celtic",)))["style"] == folk, "what was heard"


def test_of_what_is_no_music_no_style_is_told():
    said = record(styled(Unsure.NOT_MUSIC))
    assert (said["styles"], said["style"], said["suggested"]) == ([], None, [])
    assert table_line(styled(Unsure.NOT_MUSIC)).styles == ()


def test_nothing_is_said_of_styles_where_a_genre_fits():
    said = record(styled(None))
    assert (said["style"], said["suggested"]) == (None, ["Country"])
    assert len(said["styles"]) == 2


# Playlists


@pytest.fixture
def listed(tmp_path):
    """Return a function that exports playlists of rows, and returns the tracks of each."""

    def export_lists(*rows, policy=Policy.FILL, **options):
        order = ExportOrder(
            Form.PLAYLISTS,
            tmp_path / "lists",
            playlists=PlaylistOptions(**options),
            policy=policy,
            replaces=True,
        )
        settings = Settings(protected_genres=("Live",))
        done = export(rows, order, context=Context(user_folders(), settings))
        found = {}
        for path in order.path.iterdir():
            lines = [x for x in path.read_text().splitlines() if not x.startswith("#")]
            found[path.stem] = lines
        assert done.n_files == len(found)
        return found

    return export_lists


def test_a_playlist_is_of_the_genre_after_writing_with_paths_relative_to_it(listed, tmp_path):
    path = str(tmp_path / "a.flac")
    rows = (
        accepted(heard(path, "jazz")),
        heard(tmp_path / "b.flac", "jazz", genres=("Rock",)),
        heard(tmp_path / "c.flac", "jazz"),
        accepted(heard(tmp_path / "d.flac", "jazz", genres=("Live", "Pop"))),
    )
    beside = {name: f"../{name}.flac" for name in "abcd"}
    assert listed(*rows) == {
        "Jazz": [beside["a"]],
        "Rock": [beside["b"]],
        "Live": [beside["d"]],
        "Pop": [beside["d"]],
    }
    (tmp_path / "lists" / "Pop.m3u8").unlink()
    assert listed(*rows, policy=Policy.REPLACE)["Jazz"] == [beside["a"], beside["d"]]


def test_all_spellings_of_a_genre_are_one_playlist_by_the_usual_one(listed, tmp_path):
    spelled = ("Hip Hop", "Hip-Hop/Rap", "Hip Hop", "Zydeco", "zydeco")
    rows = [heard(tmp_path / f"{n}.flac", genres=(one,)) for n, one in enumerate(spelled)]
    assert {name: len(paths) for name, paths in listed(*rows).items()} == {
        "Hip Hop": 3,
        "Zydeco": 2,
    }


def test_spellings_may_have_playlists_of_their_own(listed, tmp_path):
    rows = [heard(tmp_path / f"{one}.flac", genres=(one,)) for one in ("Hip Hop", "Hip-Hop")]
    assert set(listed(*rows, merges_spellings=False)) == {"Hip Hop", "Hip-Hop"}


def test_genres_that_one_text_joins_have_a_playlist_each(listed, tmp_path):
    row = replace(heard(tmp_path / "a.mp3", genres=("Rock/Pop",)), joined_by="/")
    assert set(listed(row)) == {"Rock", "Pop"}
    for path in (tmp_path / "lists").iterdir():
        path.unlink()
    assert set(listed(row, merges_spellings=False)) == {"Rock", "Pop"}


@pytest.mark.parametrize(
    ("by", "names"),
    [
        (PlaylistGenre.AFTER, {"Rock"}),
        (PlaylistGenre.NOW, {"Rock"}),
        (PlaylistGenre.SUGGESTED, {"Jazz"}),
    ],
)
def test_another_genre_may_decide(listed, tmp_path, by, names):
    assert (
        set(listed(accepted(heard(tmp_path / "a.mp3", "jazz", genres=("Rock",))), by=by)) == names
    )
