"""What is exported can be read again, does no harm, and replaces nothing unasked."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.errors import ExportError
from genretagger.library.export import TABLE_COLUMNS, TableLine, make_table, write_file, write_files
from genretagger.library.playlists import PlaylistEntry, make_playlists, name_files


def _cells(*lines):
    return list(csv.reader(io.StringIO(make_table(lines).decode("utf-8"), newline="")))


def test_a_table_has_a_header_and_a_line_per_track():
    line = TableLine(
        Path("/m/a.flac"), 'A "b", c', "Ü\n2", "", ("Rock", "Pop"), ("Jazz",), 0.75, "high",
        "accepted", "accepted", (("pop", 0.2), ("rock", 0.1)), styles=(("Folk", 0.86),),
    )  # fmt: skip
    header, cells = _cells(line)
    assert tuple(header) == TABLE_COLUMNS
    assert cells == [
        "/m/a.flac", 'A "b", c', "Ü\n2", "", "Rock; Pop", "Jazz", "0.7500", "high", "accepted",
        "accepted", "pop 0.200; rock 0.100", "", "Folk 0.860",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1"])  # noqa: RUF001
def test_no_text_is_a_formula(text):
    assert _cells(TableLine(Path("/m/a"), title=text))[1][1] == "'" + text


def test_bytes_of_a_path_that_are_no_text_are_told():
    assert _cells(TableLine(Path("/m/\udce9")))[1][0] == "/m/\\udce9"


def test_playlists_are_by_genre_whatever_its_case(tmp_path):
    entries = [
        PlaylistEntry(tmp_path / "music" / "a.mp3", ("Hip-Hop", "Pop"), "One\nTwo", "Ann", 61.6),
        PlaylistEntry(tmp_path / "#b.mp3", ("hip-hop",)),
        PlaylistEntry(tmp_path / "c.mp3", ()),
        PlaylistEntry(tmp_path / "d\n.mp3", ("Pop",)),
    ]
    (first, hiphop), (second, pop) = make_playlists(entries, folder=tmp_path, is_relative=True)
    assert (first, second) == ("Hip-Hop.m3u8", "Pop.m3u8")
    assert hiphop.decode().splitlines() == [
        "#EXTM3U",
        "#EXTINF:62,Ann - One Two",
        os.path.join("music", "a.mp3"),  # noqa: PTH118
        "#EXTINF:-1,#b",
        os.path.join(".", "#b.mp3"),  # noqa: PTH118
    ]
    assert pop.count(b"\n") == 3
    ((_, absolute), _pop) = make_playlists(entries[:1], folder=tmp_path, is_relative=False)
    assert absolute.decode().splitlines()[-1] == str(entries[0].path)


def test_a_path_keeps_its_bytes_in_a_playlist():
    entry = PlaylistEntry(Path("/m/\udce9.mp3"), ("Pop",))
    assert b"/m/\xe9.mp3\n" in make_playlists([entry], folder=Path("/"), is_relative=False)[0][1]


@pytest.mark.parametrize(
    ("genres", "names"),
    [
        (["Rock/Pop", "Rock\\Pop"], ["Rock_Pop", "Rock_Pop (2)"]),
        (["CON", "nul.x", "COM¹", "Con Brio"], ["_CON", "_nul.x", "_COM¹", "Con Brio"]),
        (["R&B.", " Pop ", ".hidden", "..."], ["R&B", "Pop", "_.hidden", "_"]),
        (["Cafe\u0301", "CAFÉ"], ["Café", "CAFÉ (2)"]),
    ],
)
def test_names_are_safe_and_differ(genres, names):
    assert list(name_files(genres)) == names


@given(st.lists(st.text(), max_size=8))
def test_any_genre_has_a_name_that_every_file_system_takes(genres):
    names = list(name_files(genres))
    assert len({name.casefold() for name in names}) == len(genres)
    for name in names:
        assert name
        assert name[-1] not in " ."
        assert not set(name) & set('<>:"/\\|?*\0\n')
        assert len(name.encode()) < 240


def test_nothing_is_replaced_unasked(tmp_path):
    place = tmp_path / "a.csv"
    write_file(place, b"old", replaces=False)
    with pytest.raises(ExportError, match="exists already"):
        write_file(place, b"new", replaces=False)
    with pytest.raises(ExportError, match="exists already"):
        write_files(tmp_path, [("b", b""), ("a.csv", b"")], replaces=False)
    assert sorted(os.listdir(tmp_path)) == ["a.csv"]  # noqa: PTH208
    write_file(place, b"new", replaces=True)
    assert place.read_bytes() == b"new"


def test_what_cannot_be_written_is_named(tmp_path):
    with pytest.raises(ExportError, match="does not exist"):
        write_file(tmp_path / "none" / "a.csv", b"", replaces=False)
    with pytest.raises(ExportError, match="is a folder"):
        write_file(tmp_path, b"", replaces=True)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ExportError, match="cannot be written"):
        write_files(tmp_path / "file", [("a", b"")], replaces=False)
