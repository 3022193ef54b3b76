"""MP4 files that other programs build in other ways: written right, or refused by name."""

import struct

import pytest
from mutagen.mp4 import MP4

from genretagger.core.writes import WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.digest import audio_digest
from tests.helpers import tagged_files
from tests.helpers.samples import encode, pcm_digest
from tests.helpers.write_helpers import undo, write

META_HEAD = bytes(4)  # version and flags


def atom(name, payload):
    return struct.pack(">I4s", 8 + len(payload), name) + payload


def split(data):
    """Return name and payload of each atom in `data`."""
    found = []
    while len(data) >= 8:
        size, name = struct.unpack_from(">I4s", data)
        found.append((name, data[8:size]))
        data = data[size:]
    return found


def joined(atoms):
    return b"".join(atom(name, payload) for name, payload in atoms)


def with_moov(path, change):
    """Write the file again with other atoms in `moov`, which stands behind the audio."""
    atoms = split(path.read_bytes())
    assert atoms[-1][0] == b"moov"
    path.write_bytes(joined([*atoms[:-1], (b"moov", joined(change(split(atoms[-1][1]))))]))


def with_udta(make):
    def change(atoms):
        udta = dict(atoms)[b"udta"]
        new = make(split(udta))
        kept = [pair for pair in atoms if pair[0] != b"udta"]
        return kept if new is None else [*kept, (b"udta", new)]

    return change


def meta_of(atoms):
    return dict(atoms)[b"meta"]


def without_handler(atoms):
    meta = [one for one in split(meta_of(atoms)[4:]) if one[0] != b"hdlr"]
    return atom(b"meta", META_HEAD + joined(meta))


UDTA = {
    "no user data": lambda _: None,
    "empty user data": lambda _: b"",
    "other user data": lambda _: atom(b"cprt", b"somebody"),
    "no handler": without_handler,
    "padding beside": lambda a: atom(b"free", bytes(50)) + joined(a) + atom(b"free", bytes(9)),
    "no item list": lambda a: atom(b"meta", META_HEAD + joined(split(meta_of(a)[4:])[:1])),
}
QUICKTIME = {
    "metadata as in QuickTime": lambda a: atom(b"meta", meta_of(a)[4:]),
    "zeros at the end": lambda a: joined(a) + bytes(4),
    "more zeros at the end": lambda a: joined(a) + bytes(8),
}


def plain(path):
    tags = MP4(path).tags or {}
    return tuple(tags.get("\xa9gen", ())), {k: v for k, v in tags.items() if k != "\xa9gen"}


@pytest.mark.parametrize("name", UDTA)
def test_user_data_of_any_form_is_written(name, tmp_path, folder):
    path = tagged_files.m4a(tmp_path / "a.m4a")
    with_moov(path, with_udta(UDTA[name]))
    before, (_, others) = path.read_bytes(), plain(path)
    kept = pcm_digest(path), audio_digest(path, container="m4a")
    assert write(path, "Blues", "Grüße", folder=folder).reason is None
    assert plain(path) == (("Blues", "Grüße"), others)
    assert (pcm_digest(path), audio_digest(path, container="m4a")) == kept
    undo(folder)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", QUICKTIME)
def test_user_data_as_in_quicktime_are_read_only(name, tmp_path, folder):
    path = tagged_files.m4a(tmp_path / "a.m4a")
    with_moov(path, with_udta(QUICKTIME[name]))
    before = path.read_bytes()
    reading = containers.read(path)  # it can still be heard
    assert (reading.container, reading.read_only) == ("m4a", "mp4-quicktime")
    assert write(path, "Blues", folder=folder).reason.key == "mp4-quicktime"
    assert path.read_bytes() == before


def test_a_movie_atom_that_goes_to_the_end_is_written_or_refused(tmp_path, folder):
    path = tagged_files.m4a(tmp_path / "a.m4a", genres=["Jazz"])
    data = path.read_bytes()
    at = data.rindex(b"moov")
    path.write_bytes(data[: at - 4] + bytes(4) + data[at:])
    before, kept = path.read_bytes(), pcm_digest(path)
    result = write(path, "Blues" * 1000, folder=folder)
    if result.status is WriteStatus.WRITTEN:
        assert plain(path)[0] == ("Blues" * 1000,)
        assert pcm_digest(path) == kept
    else:
        assert result.status is WriteStatus.REFUSED
        assert path.read_bytes() == before


def test_an_offset_that_would_pass_4_gib_is_refused(tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.m4a", movflags="faststart")
    data = bytearray(path.read_bytes())
    at = data.index(b"stco") + 12
    data[at : at + 4] = b"\xff\xff\xff\xf0"
    path.write_bytes(data)
    result = write(path, "Blues" * 1000, folder=folder)
    assert result.status is WriteStatus.REFUSED
    assert result.reason.key == "genre-not-stored"
    assert path.read_bytes() == data


@pytest.mark.parametrize("options", [{}, {"movflags": "faststart"}])
@pytest.mark.parametrize(("name", "codec"), [("a.m4b", "aac"), ("a.m4a", "alac"), ("a.mp4", "aac")])
def test_books_and_lossless_audio_are_written(name, codec, options, tmp_path, folder):
    path = encode(tmp_path / name, seconds=0.4, noise=0.3, codec=codec, options=options)
    before, kept = path.read_bytes(), pcm_digest(path)
    assert write(path, "Blues", "Soul", folder=folder).reason is None
    assert containers.read(path).genres == ("Blues", "Soul") == plain(path)[0]
    assert pcm_digest(path) == kept
    undo(folder)
    assert path.read_bytes() == before


def test_a_freeform_genre_of_another_program_is_no_genre(tmp_path, folder):
    path = tagged_files.m4a(tmp_path / "a.m4a")
    file = MP4(path)
    file["----:com.apple.iTunes:GENRE"] = [b"Pop"]
    file.save()
    assert containers.read(path).genres == ()
    write(path, "Blues", folder=folder)
    assert MP4(path)["----:com.apple.iTunes:GENRE"] == [b"Pop"]


def test_the_name_of_a_broken_atom_is_shown_so_that_it_can_be_printed(tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.m4a")
    path.write_bytes(path.read_bytes() + struct.pack(">I4s", 99, b"\x1b[1\n"))
    assert str(write(path, "Blues", folder=folder).reason).isprintable()
