"""ID3 in WAV, AIFF, DSF and DSDIFF: sizes are made right, and what stands around stays."""

import struct

import av
import mutagen
import pytest
from mutagen.dsf import DSF
from mutagen.id3 import ID3, TIT2

from genretagger.core.writes import WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.digest import audio_digest
from tests.helpers import raw_files, tagged_files, write_helpers
from tests.tagging.containers.test_oddities import frame, tag

TAG = tag(frame(b"TIT2", b"\0Hello") + frame(b"TCON", b"\0(17)"))
FORMS = (".wav", ".aiff", ".dff")
HEADS = {".wav": ("<I", 8), ".aiff": (">I", 8), ".dff": (">Q", 12)}


def apply(path, folder, *genres):
    return write_helpers.write(path, *(genres or ("Blues",)), folder=folder)


def write(path, folder, *genres):
    """Write the genre, see that undo brings every byte back, and return the file as written."""
    before = path.read_bytes()
    assert apply(path, folder, *genres).reason is None
    assert tagged_files.plain_genres(path) == (genres or ("Blues",))
    after = path.read_bytes()
    assert write_helpers.undo_one(folder).status is WriteStatus.RESTORED
    assert path.read_bytes() == before
    return after


def chunk(suffix, name, payload):
    return name + struct.pack(HEADS[suffix][0], len(payload)) + payload + bytes(len(payload) % 2)


def with_size(suffix, data, *, more=0):
    """Return `data` with the size of the whole as it must be, and `more`."""
    code, head = HEADS[suffix]
    return data[:4] + struct.pack(code, len(data) - head + more) + data[head:]


def with_chunks(path, *chunks):
    data = tagged_files.fresh(path).read_bytes()
    made = b"".join(chunk(path.suffix, name, payload) for name, payload in chunks)
    path.write_bytes(with_size(path.suffix, data + made))
    return path


def chunks_of(suffix, data):
    """Return name and payload of each chunk; the sizes must fill the file exactly."""
    code, head = HEADS[suffix]
    width = head - 4
    assert struct.unpack(code, data[4:head]) == (len(data) - head,)
    found, at = [], head + 4
    while at < len(data):
        (size,) = struct.unpack(code, data[at + 4 : at + 4 + width])
        found.append((data[at : at + 4], data[at + 4 + width : at + 4 + width + size]))
        at += head + size + size % 2
    assert at == len(data)
    return found


@pytest.mark.parametrize("suffix", [".dsf", ".dff", ".aifc"])
def test_the_handmade_samples_are_decoded(suffix, tmp_path):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    with av.open(str(path)) as file:
        assert sum(part.samples for part in file.decode(audio=0)) > 1000
    assert mutagen.File(path).info.length > 0.01


@pytest.mark.parametrize("suffix", FORMS)
@pytest.mark.parametrize("genre", ["Blues", "Odd", "Odd" * 3000])
def test_chunks_around_the_tag_stay_in_their_order_and_sizes_are_right(
    suffix, genre, tmp_path, folder
):
    others = (b"bext", b"x" * 605), (b"id3 ", TAG), (b"cue ", b"odd"), (b"smpl", b"y" * 36)
    if suffix != ".wav":
        others = tuple((b"ID3 " if name == b"id3 " else name, data) for name, data in others)
    path = with_chunks(tmp_path / f"a{suffix}", *others)
    before = chunks_of(suffix, path.read_bytes())
    after = chunks_of(suffix, write(path, folder, genre))
    assert [name for name, _ in after] == [name for name, _ in before]
    changed = [new[0] for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [others[1][0]]


@pytest.mark.parametrize("suffix", FORMS)
@pytest.mark.parametrize("name", [b"ID3 ", b"id3 ", b"Id3 "])
def test_the_name_of_the_chunk_is_kept_as_it_is(suffix, name, tmp_path, folder):
    path = with_chunks(tmp_path / f"a{suffix}", (name, TAG))
    assert apply(path, folder).reason is None
    names = [found for found, _ in chunks_of(suffix, path.read_bytes())]
    assert [found for found in names if found.lower() == b"id3 "] == [name]
    assert containers.read(path).genres == ("Blues",) or name != mutagens_name(suffix)


def mutagens_name(suffix):
    return b"id3 " if suffix == ".wav" else b"ID3 "


@pytest.mark.parametrize("suffix", FORMS)
def test_a_new_chunk_has_the_name_that_mutagen_gives_it(suffix, tmp_path, folder):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    name, data = chunks_of(suffix, write(path, folder))[-1]
    assert name == mutagens_name(suffix)
    assert data.startswith(b"ID3\4")


@pytest.mark.parametrize("suffix", FORMS)
def test_an_empty_chunk_takes_the_tag(suffix, tmp_path, folder):
    path = with_chunks(tmp_path / f"a{suffix}", (mutagens_name(suffix), b""))
    names = [name for name, _ in chunks_of(suffix, write(path, folder))]
    assert names.count(mutagens_name(suffix)) == 1


@pytest.mark.parametrize("suffix", FORMS)
def test_bytes_behind_the_tag_in_its_chunk_are_kept(suffix, tmp_path, folder):
    path = with_chunks(tmp_path / f"a{suffix}", (mutagens_name(suffix), TAG + b"\0\0whatever"))
    _, data = chunks_of(suffix, write(path, folder, "Blues" * 300))[-1]
    assert data.endswith(b"\0\0whatever")


@pytest.mark.parametrize("suffix", FORMS)
@pytest.mark.parametrize("counted", [False, True])
def test_a_missing_byte_behind_an_odd_chunk_is_added(suffix, counted, tmp_path, folder):
    path = with_chunks(tmp_path / f"a{suffix}", (b"odd ", b"odd"))
    cut = path.read_bytes()[:-1]
    path.write_bytes(cut if counted else with_size(suffix, cut))
    before = [*chunks_of(suffix, with_size(suffix, cut + b"\0"))]
    after = chunks_of(suffix, write(path, folder))
    assert after[:-1] == before
    assert after[-1][0] == mutagens_name(suffix)


@pytest.mark.parametrize("suffix", FORMS)
def test_bytes_behind_the_whole_move_along(suffix, tmp_path, folder):
    path = with_chunks(tmp_path / f"a{suffix}", (mutagens_name(suffix), TAG))
    behind = b"TAG" + b"\0" * 124 + b"\xff"
    path.write_bytes(path.read_bytes() + behind)
    after = write(path, folder, "Blues" * 300)
    assert after.endswith(behind)
    assert chunks_of(suffix, after[: -len(behind)])


@pytest.mark.parametrize("suffix", FORMS)
@pytest.mark.parametrize("missing", [2, 40, "tag"])
def test_a_whole_that_says_it_is_too_short_is_made_right(suffix, missing, tmp_path, folder):
    path = with_chunks(tmp_path / f"a{suffix}", (mutagens_name(suffix), TAG))
    data = path.read_bytes()
    before = chunks_of(suffix, data)
    n_bytes = len(TAG) if missing == "tag" else missing
    path.write_bytes(with_size(suffix, data, more=-n_bytes))
    after = chunks_of(suffix, write(path, folder))
    assert after[:-1] == before[:-1]


def whole(suffix, size):
    code, head = HEADS[suffix]
    return lambda data: data[:4] + struct.pack(code, size) + data[head:]


def audio_size(size):
    def change(data):
        at = data.index(b"data") + 4
        return data[:at] + struct.pack("<I", size) + data[at + 4 :]

    return change


MISFITS = {
    "RIFF says 0.wav": whole(".wav", 0),
    "RIFF says that it never ends.wav": whole(".wav", 0xFFFFFFFF),
    "RIFF is longer than the file.wav": lambda data: with_size(".wav", data, more=8),
    "data says 0.wav": audio_size(0),
    "data says that it never ends.wav": audio_size(0xFFFFFFFF),
    "data is longer than the file.wav": audio_size(1 << 20),
    "audio is cut off.wav": lambda data: data[:-500],
    "tag behind the end.wav": lambda data: data + chunk(".wav", b"id3 ", TAG) + b"junk",
    "FORM says 0.aiff": whole(".aiff", 0),
    "FORM is longer than the file.aiff": lambda data: with_size(".aiff", data, more=8),
    "audio is cut off.aiff": lambda data: data[:-500],
    "FRM8 is longer than the file.dff": lambda data: with_size(".dff", data, more=8),
    "audio is cut off.dff": lambda data: data[:-500],
    "audio is cut off.dsf": lambda data: data[:-500],
    "file is longer than it is.dsf": lambda data: data[:12] + b"\xff\xff\xff" + data[15:],
    "tag within the audio.dsf": lambda data: data[:20] + struct.pack("<Q", 200) + data[28:],
    "tag behind the end.dsf": lambda data: data[:20] + struct.pack("<Q", 1 << 40) + data[28:],
    "two tags.wav": lambda data: raw_files.riff_with(
        data, chunk(".wav", b"id3 ", TAG), chunk(".wav", b"ID3 ", TAG)
    ),
    "no tag in its chunk.wav": lambda data: raw_files.riff_with(
        data, chunk(".wav", b"id3 ", b"x" * 50)
    ),
    "tag is cut off.wav": lambda data: raw_files.riff_with(data, chunk(".wav", b"id3 ", TAG[:-9])),
    "tag is cut off.dsf": lambda data: (
        data[:12] + struct.pack("<QQ", len(data) + 20, len(data)) + data[28:] + TAG[:20]
    ),
    "tag is broken.wav": lambda data: raw_files.riff_with(
        data, chunk(".wav", b"id3 ", tag(b"TALB" + struct.pack(">IH", 500, 0) + b"\0x"))
    ),
    "RF64.wav": lambda data: b"RF64\xff\xff\xff\xff" + data[8:],
}


@pytest.mark.parametrize("name", MISFITS)
def test_sizes_that_do_not_fit_and_damaged_tags_are_refused(name, tmp_path, folder):
    path = tagged_files.fresh(tmp_path / name)
    path.write_bytes(MISFITS[name](path.read_bytes()))
    before = path.read_bytes()
    result = apply(path, folder)
    assert result.status is WriteStatus.REFUSED
    assert path.name in str(result.reason)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", [name for name in MISFITS if name.startswith(("data", "RIFF"))])
def test_a_wav_that_was_never_finished_can_be_heard(name, tmp_path):
    path = tagged_files.fresh(tmp_path / name)
    path.write_bytes(MISFITS[name](path.read_bytes()))
    key = "cut-off" if name == "data is longer than the file.wav" else "sizes-do-not-fit"
    assert containers.read(path).read_only == key
    with av.open(str(path)) as file:
        assert any(part.samples for part in file.decode(audio=0))
    found = audio_digest(path, container="wav")
    path.write_bytes(path.read_bytes()[:-200])
    assert audio_digest(path, container="wav") != found


def test_an_rf64_file_says_what_it_is(tmp_path):
    path = tagged_files.fresh(tmp_path / "a.wav")
    path.write_bytes(MISFITS["RF64.wav"](path.read_bytes()))
    assert containers.read(path).read_only == "wav-rf64"


def test_a_new_dsf_tag_is_pointed_at_and_counted(tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.dsf")
    size = len(path.read_bytes())
    after = write(path, folder)
    assert struct.unpack("<QQ", after[12:28]) == (len(after), size)
    assert after[size:].startswith(b"ID3\4")


def test_bytes_behind_a_dsf_tag_move_along(tmp_path, folder):
    path = tagged_files.id3(tmp_path / "a.dsf", version=3, genre="Jazz")
    (total,) = struct.unpack("<Q", path.read_bytes()[12:20])
    path.write_bytes(path.read_bytes() + b"behind")
    after = write(path, folder, "Blues" * 3000)
    assert after.endswith(b"behind")
    assert struct.unpack("<Q", after[12:20]) == (len(after) - 6,)
    assert total < len(after) - 6


def test_a_dsf_of_no_rate_has_no_length(tmp_path, folder):
    path = tmp_path / "a.dsf"
    sound = raw_files.dsf()
    rate_at = 28 + 12 + 16
    path.write_bytes(sound[:rate_at] + bytes(4) + sound[rate_at + 4 :])
    assert containers.read(path).duration_s is None
    assert write_helpers.write(path, "Blues", folder=folder).status is WriteStatus.WRITTEN
    assert DSF(path).tags["TCON"].text == ["Blues"]


def test_a_dsf_pointer_to_the_end_is_taken_for_no_tag(tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.dsf")
    data = path.read_bytes()
    path.write_bytes(data[:20] + struct.pack("<Q", len(data)) + data[28:])
    write(path, folder)


@pytest.mark.parametrize("suffix", [".wav", ".aiff", ".dff", ".dsf", ".tta"])
def test_a_tag_that_was_ours_goes_by_value_too(suffix, tmp_path, folder):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    before = path.read_bytes()
    assert apply(path, folder).reason is None
    kind = mutagen.File(path).__class__
    file = kind(path)
    file.tags.save(path, padding=lambda _: 5000)  # another program: the patch does not fit now
    undone = write_helpers.undo_one(folder)
    assert undone.status is WriteStatus.RESTORED
    assert path.read_bytes() == before


def info_of(data):
    """Return the texts of each list with a genre; FFmpeg's own has none."""
    lists = [payload for name, payload in raw_files.riff_chunks(data) if name == b"LIST"]
    found = [raw_files.riff_chunks(raw_files.riff_with(b"        INFO" + p[4:])) for p in lists]
    return [texts for texts in found if b"IGNR" in dict(texts)]


@pytest.mark.parametrize(
    ("beside", "genre", "stored"),
    [
        (b"Title\0", "Blues", b"Blues\0"),
        (b"Title\0", "Blues!", b"Blues!\0"),
        (b"Title\0", "Grüße", "Grüße\0".encode()),
        (b"T\xedtulo\0", "Grüße", b"Gr\xfc\xdfe\0"),
        ("Título\0".encode(), "Grüße", "Grüße\0".encode()),
        (b"T\xedtulo\0", "Жанр", "Жанр\0".encode()),
        (b"T\xedtulo\0", "Ã¼", "Ã¼\0".encode()),
    ],
)
def test_the_genre_in_info_is_written_as_the_other_texts_are(
    beside, genre, stored, tmp_path, folder
):
    path = tagged_files.fresh(tmp_path / "a.wav")
    info = raw_files.info(INAM=beside, IGNR=b"Pop\0", ISFT=b"odd")
    path.write_bytes(raw_files.riff_with(path.read_bytes(), info, chunk(".wav", b"cue ", b"abcd")))
    assert containers.read(path).genres == ("Pop",)
    (texts,) = info_of(write(path, folder, genre))
    assert texts == [(b"INAM", beside), (b"IGNR", stored), (b"ISFT", b"odd")]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (b"Pop", ("Pop",)),
        (b"Pop\0\0\0junk", ("Pop",)),
        (b"Caf\xe9\0", ("Café",)),
        ("Café\0".encode(), ("Café",)),
        (b"", ()),
        (b"\0", ()),
    ],
)
def test_the_genre_in_info_is_shown_where_there_is_none_in_id3(stored, shown, tmp_path, folder):
    path = tagged_files.wav_with_info(tmp_path / "a.wav", text=stored)
    assert containers.read(path).genres == shown
    (texts,) = info_of(write(path, folder, "Blues", "Soul"))
    assert (b"IGNR", b"Blues; Soul\0") in texts


def test_the_texts_of_info_are_shown_where_id3_says_nothing(tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.wav")
    texts = {
        "INAM": "Título\0".encode("latin-1"),
        "IART": b"Band",
        "IPRD": b"Record\0\0",
        "ITRK": b"3",
    }
    path.write_bytes(raw_files.riff_with(path.read_bytes(), raw_files.info(**texts)))

    def shown():
        found = containers.read(path)
        return found.title, found.artist, found.album, found.track_number, found.genres

    assert shown() == ("Título", "Band", "Record", 3, ())
    path.write_bytes(write(path, folder, "Blues"))
    assert shown() == ("Título", "Band", "Record", 3, ("Blues",))
    file = mutagen.File(path)
    file.tags.add(TIT2(encoding=3, text=["Another"]))
    file.save()
    assert shown() == ("Another", "Band", "Record", 3, ("Blues",))


@pytest.mark.parametrize("whole", [b"RIFF" + bytes(4), b"RF64" + b"\xff" * 4])
def test_the_texts_of_info_are_shown_of_a_file_that_is_not_written(whole, tmp_path):
    path = tagged_files.fresh(tmp_path / "a.wav")
    info = raw_files.info(INAM=b"Title\0", IGNR=b"Pop\0")
    path.write_bytes(whole + raw_files.riff_with(path.read_bytes(), info)[8:])
    found = containers.read(path)
    assert (found.title, found.genres, found.read_only is None) == ("Title", ("Pop",), False)


def test_no_genre_is_added_to_a_list_without_one(tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.wav")
    info = raw_files.info(INAM=b"Title\0")
    path.write_bytes(raw_files.riff_with(path.read_bytes(), info))
    assert b"IGNR" not in write(path, folder)


def test_every_genre_in_info_follows_and_comes_back_by_value(tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.wav")
    lists = raw_files.info(IGNR=b"Caf\xe9\0"), raw_files.info(INAM=b"x", IGNR=b"Pop")
    path.write_bytes(raw_files.riff_with(path.read_bytes(), *lists))
    assert apply(path, folder).reason is None
    assert [dict(texts)[b"IGNR"] for texts in info_of(path.read_bytes())] == [b"Blues\0"] * 2
    tagged_files.retitle(path)
    undone = write_helpers.undo_one(folder)
    assert undone.reason is None
    genres = [dict(texts)[b"IGNR"] for texts in info_of(path.read_bytes())]
    assert genres == [b"Caf\xe9\0", b"Pop"]
    assert "TCON" not in tagged_files.plain_id3(path)


def test_a_text_of_info_that_is_longer_than_the_list_stays(tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.wav")
    broken = b"ISFT" + struct.pack("<I", 900) + b"cut"
    payload = b"INFO" + raw_files.riff_chunk(b"IGNR", b"Pop\0") + broken
    path.write_bytes(raw_files.riff_with(path.read_bytes(), raw_files.riff_chunk(b"LIST", payload)))
    after = write(path, folder, "Blues")
    assert raw_files.riff_chunk(b"IGNR", b"Blues\0") + broken in after


def test_the_version_of_the_tag_stays(tmp_path, folder):
    for suffix in (".wav", ".aiff", ".dsf", ".dff", ".tta"):
        for version in (3, 4):
            path = tagged_files.id3(tmp_path / f"a{suffix}", version=version, genre="Jazz")
            assert apply(path, folder).reason is None
            assert tagged_files.plain_id3(path).version[1] == version
    assert issubclass(type(DSF(path.with_suffix(".dsf")).tags), ID3)
