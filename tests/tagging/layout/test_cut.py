"""Files that are cut off or damaged: heard as far as they go, never written, and said to be so."""

import struct
from io import BytesIO

import pytest
from mutagen.flac import FLAC

from genretagger.analysis.audio import decode_from_start
from genretagger.core.file_kinds import condition_text
from genretagger.core.files.musepack import find_table
from genretagger.core.writes import WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.digest import hearing_key_of
from genretagger.tagging.layout import flac, flac_frames, ogg, wholeness
from tests.helpers import tagged_files
from tests.helpers.samples import encode
from tests.helpers.sentences import require_plain
from tests.helpers.write_helpers import write

# What says how much there should be, and what only shows that something is missing.
COUNTED = (".mp3", ".flac", ".wav", ".aiff", ".tta", ".wv", ".m4a", ".wma", ".mpc")
UNCOUNTED = (".ogg", ".oga", ".opus")
SECONDS = 6.0


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return the bytes of a noisy file of each kind, whose index stands in front."""
    folder, made = tmp_path_factory.mktemp("whole"), {}

    def of(suffix):
        if suffix not in made:
            options = {"movflags": "faststart"} if suffix == ".m4a" else None
            path = encode(folder / f"a{suffix}", seconds=SECONDS, noise=0.3, options=options)
            made[suffix] = path.read_bytes()
        return made[suffix]

    return of


@pytest.mark.parametrize("third", [1, 2])
@pytest.mark.parametrize("suffix", COUNTED + UNCOUNTED)
def test_a_cut_file_is_heard_and_not_written(suffix, third, whole, tmp_path):
    data = whole(suffix)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data[: len(data) * third // 3])
    before = path.read_bytes()
    reading = containers.read(path)
    assert reading.read_only == "cut-off"
    if suffix in COUNTED:
        assert reading.share == pytest.approx(third / 3, abs=0.06)
        assert condition_text(reading).startswith("cut off: ")
    else:
        assert condition_text(reading) == "cut off"
    assert len(hearing_key_of(path, container=reading.container).key) == 64
    heard = decode_from_start(path, sample_rate_hz=16000, at_most_s=SECONDS)
    assert heard.samples.size / 16000 == pytest.approx(SECONDS * third / 3, abs=1.1)
    result = write(path, "Blues", folder=tmp_path / "journal")
    assert result.status is WriteStatus.REFUSED
    assert "cut off" in str(result.reason)
    require_plain(str(result.reason), path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("suffix", COUNTED + UNCOUNTED)
def test_a_whole_file_is_not_taken_for_a_cut_one(suffix, whole, tmp_path):
    for tail in (b"", b"TAG" + bytes(125)):
        path = tmp_path / f"a{suffix}"
        path.write_bytes(whole(suffix) + tail)
        reading = containers.read(path)
        assert (reading.read_only, reading.share) == (None, None)


@pytest.mark.parametrize("seconds", [0.1, 0.5, 3.0, 20.0])
@pytest.mark.parametrize("rate", [8000, 44100, 96000])
def test_the_last_frame_of_a_flac_is_found_whatever_its_size(rate, seconds, tmp_path):
    for noise in (0.0, 0.5):
        path = encode(tmp_path / "a.flac", seconds=seconds, sample_rate_hz=rate, noise=noise)
        with path.open("rb") as stream:
            assert wholeness.find_cut(stream, container="flac") is None


def test_what_only_looks_like_a_frame_of_a_flac_is_passed_over(whole, tmp_path):
    path = tmp_path / "a.flac"
    path.write_bytes(whole(".flac"))
    with path.open("rb") as stream:
        start = flac.parse(stream).frames
    data = whole(".flac")
    # No number has eight bytes (RFC 9639, 9.1.5).
    path.write_bytes(data + data[start : start + 4] + b"\xff" + b"\x80" * 7 + bytes(16))
    assert containers.read(path).read_only is None


def test_a_flac_that_does_not_say_how_long_it_is_is_whole(whole, tmp_path):
    data = bytearray(whole(".flac"))
    assert data[4] & 0x7F == 0
    data[8 + 13] &= 0xF0  # the number of samples: 36 bits of STREAMINFO (RFC 9639, 8.2)
    data[8 + 14 : 8 + 18] = bytes(4)
    path = tmp_path / "a.flac"
    path.write_bytes(data[: len(data) // 2])
    assert containers.read(path).read_only is None


def test_nobody_is_told_that_nothing_is_there_of_a_file_that_is_heard(whole, tmp_path):
    data = whole(".flac")
    half = len(data) // 2
    promises_nonsense = bytearray(data)
    promises_nonsense[8 + 13 : 8 + 18] = b"\xff" * 5  # the number of samples
    path = tmp_path / "a.flac"
    for content in (data[:half] + bytes(len(data) - half), promises_nonsense):
        path.write_bytes(content)
        assert condition_text(containers.read(path)) == "cut off"


def test_a_flac_without_its_largest_frame_is_judged_too(whole, tmp_path):
    data = bytearray(whole(".flac"))
    data[8 + 4 : 8 + 10] = bytes(6)  # smallest and largest frame: not known
    path = tmp_path / "a.flac"
    for size, key in ((len(data), None), (len(data) // 2, "cut-off")):
        path.write_bytes(data[:size])
        assert containers.read(path).read_only == key


def test_a_tta_whose_header_promises_nothing_is_not_called_cut_off(whole, tmp_path):
    path = tmp_path / "a.tta"
    one_frame = encode(tmp_path / "b.tta", seconds=0.5).read_bytes()
    path.write_bytes(one_frame[:22] + bytes(4))  # the header, a table of one empty frame, no sum
    with path.open("rb") as stream:
        assert wholeness.find_cut(stream, container="tta") is None


def test_an_mp3_whose_header_counts_too_many_frames_only_is_whole(whole, tmp_path):
    data = bytearray(whole(".mp3"))
    at = max(data.find(b"Xing", 0, 3000), data.find(b"Info", 0, 3000))
    data[at + 8 : at + 12] = struct.pack(">I", 0x7FFFFFFF)
    path = tmp_path / "a.mp3"
    path.write_bytes(data)
    assert containers.read(path).read_only is None


@pytest.mark.parametrize("size", [0, 0x7FFFF000, 0xFFFFFFFF])
def test_a_wav_whose_size_was_never_filled_in_is_not_cut_off(size, whole, tmp_path):
    data = bytearray(whole(".wav"))
    at = data.index(b"data") + 4
    data[at : at + 4] = struct.pack("<I", size)
    path = tmp_path / "a.wav"
    path.write_bytes(data)
    reading = containers.read(path)
    assert (reading.read_only, reading.share) == ("sizes-do-not-fit", None)


@pytest.mark.parametrize("suffix", [".ogg", ".opus", ".mp3", ".flac", ".wv"])
def test_a_file_with_a_hole_is_heard(suffix, whole, tmp_path):
    data = whole(suffix)
    middle = len(data) // 2
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data[:middle] + b"\x37" * 3000 + data[middle + 2000 :])
    reading = containers.read(path)
    assert reading.container == suffix[1:]
    assert len(hearing_key_of(path, container=reading.container).key) == 64
    heard = decode_from_start(path, sample_rate_hz=16000, at_most_s=SECONDS)
    assert heard.samples.size > 16000


@pytest.mark.parametrize("n_lost", [0, 20_000])
def test_a_flac_with_a_hole_is_not_written(n_lost, whole, tmp_path):
    data = whole(".flac")
    middle = len(data) // 2
    path = tmp_path / "a.flac"
    path.write_bytes(data[:middle] + b"\x37" * (20_000 - n_lost) + data[middle + 20_000 :])
    before = path.read_bytes()
    result = write(path, "Blues", folder=tmp_path / "journal")
    assert (result.status, result.reason.key) == (WriteStatus.REFUSED, "sound-missing")
    require_plain(str(result.reason), path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("lost", ["bits", "within a frame", "first head"])
def test_a_flac_with_a_damaged_frame_is_not_written(lost, whole, tmp_path):
    data = whole(".flac")
    path = tmp_path / "a.flac"
    first = flac.parse(BytesIO(data)).frames
    at = first + 4 if lost == "first head" else len(data) // 2
    n_bytes = 500 if lost == "within a frame" else 1
    filling = b"" if lost == "within a frame" else bytes([data[at] ^ 4])
    path.write_bytes(data[:at] + filling + data[at + n_bytes :])
    before = path.read_bytes()
    assert containers.read(path).read_only is None  # nobody reads the whole file for a list
    result = write(path, "Blues", folder=tmp_path / "journal")
    assert (result.status, result.reason.key) == (WriteStatus.REFUSED, "sound-missing")
    assert path.read_bytes() == before


@pytest.mark.parametrize("behind", [b"", bytes(2000), b"TAG" + bytes(125)])
@pytest.mark.parametrize("n_lost", [1, 10, 900])
def test_a_flac_that_is_cut_off_within_its_last_frame_is_cut_off(n_lost, behind, whole, tmp_path):
    path = tmp_path / "a.flac"
    path.write_bytes(whole(".flac")[:-n_lost] + behind)
    assert condition_text(containers.read(path)) == "cut off"
    result = write(path, "Blues", folder=tmp_path / "journal")
    assert (result.status, result.reason.key) == (WriteStatus.REFUSED, "cut-off")


def test_what_looks_like_many_ends_of_a_flac_keeps_nobody_waiting(whole, tmp_path, monkeypatch):
    asked = []
    is_right = flac_frames.is_right
    monkeypatch.setattr(flac_frames, "is_right", lambda data: asked.append(1) or is_right(data))
    path = tmp_path / "a.flac"
    path.write_bytes(whole(".flac")[:-10] + b"fLaCTAG\1" * 2000)
    assert containers.read(path).read_only in ("cut-off", "tail-behind")
    assert len(asked) < 200


@pytest.mark.parametrize(
    "behind",
    [bytes(3000), b"ID3\3\0\0\0\0\1\0" + b"\x55" * 128, "another", "frames", b"\x55" * 300],
)
def test_bytes_behind_a_flac_are_kept_or_the_write_refused_by_their_name(behind, whole, tmp_path):
    data = whole(".flac")
    path = tmp_path / "a.flac"
    first = flac.parse(BytesIO(data)).frames
    tail = {"another": data, "frames": data[first : first + 900]}.get(behind, behind)
    path.write_bytes(data + tail)
    result = write(path, "Blues", folder=tmp_path / "journal")
    if set(tail) == {0x55}:
        assert containers.read(path).read_only == result.reason.key == "tail-behind"
        require_plain(str(result.reason), path)
        assert path.read_bytes() == data + tail
    else:
        assert result.reason is None
        assert path.read_bytes().endswith(tail)


def test_a_flac_with_more_frames_than_its_header_says_is_written(whole, tmp_path):
    data = bytearray(whole(".flac"))
    data[8 + 16 : 8 + 18] = bytes(2)  # the low half of the number of samples
    path = tmp_path / "a.flac"
    path.write_bytes(data)
    assert containers.read(path).read_only is None
    assert write(path, "Blues", folder=tmp_path / "journal").status is WriteStatus.WRITTEN


@pytest.mark.parametrize("behind", [b"", b"TAG" + bytes(125)])
@pytest.mark.parametrize("in_front", [b"", b"ID3\4\0\0\0\0\1\0" + bytes(128)])
def test_a_musepack_with_another_number_of_bytes_is_heard_and_not_written(
    in_front, behind, whole, tmp_path
):
    data = whole(".mpc")
    middle = len(data) * 2 // 3
    path = tmp_path / "a.mpc"
    path.write_bytes(in_front + data[:middle] + b"\x37" * 5000 + data[middle:] + behind)
    before = path.read_bytes()
    heard = decode_from_start(path, sample_rate_hz=16000, at_most_s=SECONDS)
    assert heard.samples.size / 16000 > 2.0
    result = write(path, "Blues", folder=tmp_path / "journal")
    assert (result.status, result.reason.key) == (WriteStatus.REFUSED, "sound-missing")
    assert path.read_bytes() == before


def test_sizes_of_a_musepack_may_be_nonsense(tmp_path):
    most = b"\xff" * 8 + b"\x7f"
    path = tmp_path / "a.mpc"
    for packet in (b"SO\x0c" + most, b"SH" + most, b"SH\0", b"SO", b""):
        path.write_bytes(b"MPCK" + packet)
        with path.open("rb") as stream:
            place = find_table(stream, 0)
        assert place is None or not place.is_right


@pytest.mark.parametrize("seconds", [0.05, 1.0, 30.0])
@pytest.mark.parametrize("rate", [8000, 44100])
def test_a_whole_flac_has_no_hole(rate, seconds, tmp_path):
    path = encode(tmp_path / "a.flac", seconds=seconds, sample_rate_hz=rate, noise=0.4)
    with path.open("rb") as stream:
        assert not wholeness.has_hole(stream, container="flac")


def test_the_whole_file_stands_for_audio_that_cannot_be_told_apart(whole, tmp_path):
    path = tmp_path / "a.ogg"
    path.write_bytes(whole(".ogg")[:-5000])
    first = hearing_key_of(path, container="ogg")
    assert first == hearing_key_of(path, container="ogg")
    path.write_bytes(path.read_bytes()[:-1])
    assert hearing_key_of(path, container="ogg") != first


def test_tags_that_cannot_be_read_do_not_keep_a_file_from_being_heard(tmp_path):
    path = tagged_files.vorbis(tmp_path / "a.flac", genres=["Jazz"])
    FLAC(path)
    data = path.read_bytes()
    at = data.index(b"title=")
    path.write_bytes(data[: at - 4] + b"\xff\xff\xff\x7f" + data[at:])
    reading = containers.read(path)
    assert reading.container == "flac"
    assert condition_text(reading) == "damaged"


def pages_of(data):
    return list(ogg.read_pages(BytesIO(data)))


def without_flag(data):
    """Return an Ogg file whose last page does not say that it is the last."""
    page = pages_of(data)[-1]
    page.last = False
    return data[: page.offset] + page.write()


@pytest.fixture(scope="module")
def paged(tmp_path_factory):
    """Return the bytes of an Ogg file of many pages; the last page is not full."""
    folder, made = tmp_path_factory.mktemp("paged"), {}

    def of(suffix):
        if suffix not in made:
            path = encode(folder / f"a{suffix}", seconds=12.3, noise=0.3)
            made[suffix] = path.read_bytes()
        return made[suffix]

    return of


@pytest.mark.parametrize("suffix", UNCOUNTED)
def test_an_ogg_that_is_cut_off_between_two_pages_is_cut_off(suffix, paged, tmp_path):
    data = paged(suffix)
    path = tmp_path / f"a{suffix}"
    for n_kept in (-1, -3):
        path.write_bytes(data[: pages_of(data)[n_kept].offset])
        assert condition_text(containers.read(path)) == "cut off"
        result = write(path, "Blues", folder=tmp_path / "journal")
        assert (result.status, result.reason.key) == (WriteStatus.REFUSED, "cut-off")


@pytest.mark.parametrize("suffix", UNCOUNTED)
def test_an_encoder_that_does_not_mark_the_last_page_makes_whole_files(suffix, paged, tmp_path):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(without_flag(paged(suffix)))
    assert containers.read(path).read_only is None
    assert write(path, "Blues", folder=tmp_path / "journal").status is WriteStatus.WRITTEN


def test_a_broadcast_has_no_end(paged, tmp_path):
    data = paged(".opus")
    pages = pages_of(data)
    headers = next(page for page in pages if page.position)
    path = tmp_path / "a.opus"
    path.write_bytes(data[: headers.offset] + data[pages[5].offset : pages[-2].offset])
    assert containers.read(path).read_only is None
    assert write(path, "Blues", folder=tmp_path / "journal").status is WriteStatus.WRITTEN


@pytest.mark.parametrize("suffix", UNCOUNTED)
def test_an_ogg_with_a_damaged_or_lost_page_is_not_written(suffix, paged, tmp_path):
    data = paged(suffix)
    page = pages_of(data)[5]
    at = page.end - 9
    path = tmp_path / f"a{suffix}"
    for content in (
        data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :],
        data[: page.offset] + data[page.end :],
    ):
        path.write_bytes(content)
        assert containers.read(path).read_only is None
        result = write(path, "Blues", folder=tmp_path / "journal")
        assert (result.status, result.reason.key) == (WriteStatus.REFUSED, "sound-missing")
        assert path.read_bytes() == content


@pytest.mark.parametrize("suffix", [".ogg", ".opus", ".mp3", ".wma", ".wv", ".flac"])
def test_a_file_whose_second_half_was_never_filled_is_cut_off(suffix, tmp_path):
    data = encode(tmp_path / f"a{suffix}", seconds=12, noise=0.3).read_bytes()
    path = tmp_path / f"b{suffix}"
    path.write_bytes(data[: len(data) // 2] + bytes(max(len(data) // 2, 70_000)))
    assert containers.read(path).read_only == "cut-off"


def test_zeros_behind_the_whole_sound_of_an_mp3_are_nothing(whole, tmp_path):
    path = tmp_path / "a.mp3"
    path.write_bytes(whole(".mp3") + bytes(100_000))
    assert containers.read(path).read_only is None
