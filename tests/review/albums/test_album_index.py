"""Which rows belong to one album, by their tags or else their folder."""

from __future__ import annotations

from genretagger.review.albums.album_index import AlbumIndex
from tests.helpers.rows import heard


def index(*rows):
    albums = AlbumIndex()
    for row_id, row in enumerate(rows):
        albums.update(row_id, row)
    return lambda *row_ids: [
        a.members for a in albums.find_albums(row_ids, rows.__getitem__)
    ], albums


def test_an_album_is_found_by_its_tags_else_by_its_folder():
    members, _ = index(
        heard("1", album="Blue", artist="Ann", folder="/a"),
        heard("2", album="blue ", artist="ann", folder="/b"),
        heard("3", album="Blue", artist="Bob", folder="/c"),
        heard("4", folder="/a"),
        heard("5", folder="/a"),
        heard("6", folder="/b"),
    )
    assert members(0) == members(1) == [[0, 1]]
    assert members(2) == [[2]]
    assert members(3) == [[3, 4]]
    assert sorted(members(1, 5, 4)) == [[0, 1], [3, 4], [5]]
    assert members() == []


def test_a_row_whose_tags_changed_goes_to_its_new_album():
    _, albums = index(heard("1", album="Blue"), heard("2", album="Blue"))
    rows = [heard("1", album="Red"), heard("2", album="Blue")]
    albums.update(0, rows[0])
    albums.update(0, rows[0])
    assert [a.members for a in albums.find_albums([1], rows.__getitem__)] == [[1]]
    assert [a.members for a in albums.find_albums([0], rows.__getitem__)] == [[0]]
