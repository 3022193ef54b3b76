"""A hostile file name in every form of an export: it comes back as it is, and does nothing."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.library.export import ExportOrder, Form, PlaylistOptions
from genretagger.library.plan import read_plan
from genretagger.pipeline import Context
from genretagger.pipeline.exporting import export
from genretagger.review.rows.decisions import accepted
from tests.helpers.rows import analysed_row, prediction, track

FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001
LINE_ENDS = set("\n\r\u2028\u2029\x85")
NAMES = (
    '=HYPERLINK("http:x","a").flac',
    " =1+1.flac",
    "+1.flac",
    "-1+cmd|' C'!A0.flac",
    "@SUM(A1).flac",
    "＝1.flac",  # noqa: RUF001
    "\t=1.flac",
    "a\n=1+1.flac",
    "a\r\n#EXTINF:1,other.flac",
    "a\u2028b\x85c.flac",
    "#EXTM3U.flac",
    "http:evil.flac",
    'a","b".flac',
    "a'b`c$(id);&|.flac",
    "<script>alert(1)</script>.flac".replace("/", "_"),
    "\u202egpj.flac",
    "\x1b]0;title\x07.flac",
    "bytes \udcff.flac",
    "%s {0} \\x41.flac",
)


@pytest.fixture(params=NAMES, ids=range(len(NAMES)))
def row(request, tmp_path):
    """Return a row with a genre to write, whose name and tags are hostile."""
    name = request.param
    made = track(name, folder=str(tmp_path), title=name, artist=name, album=name)
    return accepted(analysed_row(made, prediction("rock", 0.9)))


@pytest.fixture
def exported(row, tmp_path, home):
    """Return a function that exports the row, and returns what is written."""
    context = Context(user_folders(), Settings())

    def exported(form, **options):
        place = tmp_path / "out"
        export([row], ExportOrder(form, place, **options), context=context)
        return place

    return exported


def test_a_table_has_one_line_of_texts(exported, row):
    with exported(Form.CSV).open(newline="", encoding="utf-8") as stream:
        _heading, cells, *more = csv.reader(stream)
    assert more == []
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(FORMULA)]
    told = str(row.path).encode("utf-8", "backslashreplace").decode()
    assert cells[0].removeprefix("'") == told


@pytest.mark.parametrize("form", [Form.JSON, Form.PLAN])
def test_a_line_of_json_has_the_path_as_it_is(exported, row, form):
    (line,) = exported(form).read_bytes().decode("ascii").splitlines()
    assert json.loads(line)["path"] == str(row.path)
    if form is Form.PLAN:
        (request,) = read_plan([line])
        assert (request.path, request.genres) == (row.path, ("Rock",))


@pytest.mark.parametrize("is_relative", [True, False])
def test_a_playlist_names_the_file_or_leaves_it_out(exported, row, tmp_path, is_relative):
    options = PlaylistOptions(is_relative=is_relative)
    if set(row.path.name) & LINE_ENDS:
        with pytest.raises(Exception, match="nothing to export"):
            exported(Form.PLAYLISTS, playlists=options)
        return
    (playlist,) = exported(Form.PLAYLISTS, playlists=options).iterdir()
    text = playlist.read_bytes().decode("utf-8", "surrogateescape")
    head, about, named, end = text.split("\n")
    assert (head, end) == ("#EXTM3U", "")
    assert about.startswith("#EXTINF:")
    assert not named.startswith("#")
    assert not named.startswith("http:")
    assert Path(os.path.normpath(playlist.parent / named)) == row.path


@pytest.mark.parametrize("row", [n for n in NAMES if not set(n) & LINE_ENDS], indirect=True)
def test_a_playlist_beside_the_file_names_no_comment_and_no_address(row, tmp_path, home):
    order = ExportOrder(Form.PLAYLISTS, tmp_path)
    export([row], order, context=Context(user_folders(), Settings()))
    text = (tmp_path / "Rock.m3u8").read_bytes().decode("utf-8", "surrogateescape")
    named = text.split("\n")[2]
    assert not named.startswith(("#", "http:"))
    assert Path(os.path.normpath(tmp_path / named)) == row.path
