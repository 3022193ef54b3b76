"""What a file is, its content says: each kind under each suffix, and what is no audio at all."""

from dataclasses import replace

import av
import numpy as np
import pytest

from genretagger.analysis.audio import decode_from_start
from genretagger.core.errors import DecodeError, UnsupportedFormatError
from genretagger.core.file_kinds import AUDIO_SUFFIXES, KINDS, kind_text
from genretagger.core.writes import WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.containers.facts import read_facts
from genretagger.tagging.digest import audio_digest
from tests.helpers import raw_files, tagged_files
from tests.helpers.samples import FORMATS, READ_ONLY, encode
from tests.helpers.sentences import require_plain
from tests.helpers.write_helpers import undo_one, write

KIND_OF = {".mp2": "mp3", ".m4b": "m4a", ".mp4": "m4a", ".aifc": "aiff", ".webm": "mka"}
SUFFIXES = sorted(FORMATS | READ_ONLY | dict.fromkeys((".dsf", ".dff", ".aifc")))
WRITTEN = [s for s in SUFFIXES if s not in READ_ONLY and s not in (".aac", ".ac3")]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "journal"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_kind_is_known_under_each_suffix(suffix, tmp_path):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    kind = KIND_OF.get(suffix, suffix[1:])
    reading = containers.read(path)
    assert reading.container == kind
    before_digest = audio_digest(path, container=kind)
    for other in (*sorted(AUDIO_SUFFIXES), ".unknown", ""):
        path = path.rename(tmp_path / f"a{other}")
        assert containers.read(path) == reading
        assert audio_digest(path, container=kind) == before_digest
        own = (*KINDS[kind].suffixes, *KINDS[kind].further, "")
        odd = "" if other in own else f", named {other}"
        assert kind_text(kind, path) == KINDS[kind].name + odd


@pytest.mark.parametrize("suffix", WRITTEN)
def test_each_kind_is_written_under_another_suffix(suffix, tmp_path, folder):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    other = ".ape" if suffix != ".flac" else ".wav"
    path = path.rename(tmp_path / f"a{other}")
    before, kind = path.read_bytes(), KIND_OF.get(suffix, suffix[1:])
    sound = audio_digest(path, container=kind)
    assert write(path, "Blues", "Soul", folder=folder).reason is None
    assert containers.read(path).genres == ("Blues", "Soul")
    assert audio_digest(path, container=kind) == sound
    assert undo_one(folder).status is WriteStatus.RESTORED
    assert path.read_bytes() == before


@pytest.mark.parametrize("suffix", [".ape", ".wav", ".ogg", ".m4a"])
@pytest.mark.parametrize("kind", [".mp3", ".flac", ".opus", ".m4a", ".wma", ".wv", *READ_ONLY])
def test_each_kind_is_heard_under_another_suffix(kind, suffix, tmp_path):
    path = encode(tmp_path / f"a{kind}", seconds=1.5).rename(tmp_path / f"b{suffix}")
    heard = decode_from_start(path, sample_rate_hz=16000, at_most_s=5)
    assert heard.samples.size == pytest.approx(24000, rel=0.1)


@pytest.mark.parametrize("front", [b"", b"ID3\4\0\0\0\0\0\x40" + bytes(64)])
@pytest.mark.parametrize("junk", [0, 700, 40_000])
def test_mp3_is_found_behind_other_bytes(junk, front, tmp_path):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    path.write_bytes(front + b"\x55" * junk + path.read_bytes())
    for suffix in (".mp3", ".flac"):
        path = path.rename(tmp_path / f"b{suffix}")
        assert containers.read(path).container == "mp3"


@pytest.mark.parametrize("suffix", [".mka", ".webm"])
def test_matroska_is_heard_and_never_written(suffix, tmp_path, folder):
    tags = {"title": "Name", "artist": "Band", "album": "Record", "genre": "Rock"}
    path = encode(tmp_path / f"a{suffix}", seconds=2, metadata=tags)
    reading = containers.read(path)
    before_digest = (reading.title, reading.artist, reading.album, reading.genres)
    assert before_digest == ("Name", "Band", "Record", ("Rock",))
    assert reading.duration_s == pytest.approx(2, abs=0.1)
    facts = read_facts(path)
    assert (facts.channels, facts.sample_rate_hz, facts.is_film) == (2, facts.sample_rate_hz, False)
    before = path.read_bytes()
    result = write(path, "Blues", folder=folder)
    assert (result.status, result.reason.key) == (WriteStatus.REFUSED, "matroska-read-only")
    require_plain(str(result.reason), path)
    assert path.read_bytes() == before


AMR = b"#!AMR\n" + (b"\x3c" + bytes(range(31))) * 100  # 2 s


@pytest.mark.parametrize("suffix", [".w64", ".caf", ".au", ".amr"])
def test_rarer_kinds_are_heard_and_never_written(suffix, tmp_path, folder):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(AMR) if suffix == ".amr" else encode(path, seconds=2)
    before = path.read_bytes()
    for other in (suffix, ".mp3", ".aac"):  # in which mutagen finds frames now and then
        path = path.rename(tmp_path / f"a{other}")
        reading = containers.read(path)
        assert (reading.container, reading.read_only) == (suffix[1:], "kind-read-only")
        heard = decode_from_start(path, sample_rate_hz=16000, at_most_s=5)
        assert heard.samples.size == pytest.approx(32000, rel=0.02)
        result = write(path, "Blues", folder=folder)
        assert (result.status, result.reason.key) == (WriteStatus.REFUSED, "kind-read-only")
        require_plain(str(result.reason), path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("suffix", [".ogg", ".opus", ".oga"])
@pytest.mark.parametrize("n_zeros", [10, 32, 40_000])
def test_an_ogg_file_behind_zeros_is_heard_and_not_written(n_zeros, suffix, tmp_path):
    path = encode(tmp_path / f"a{suffix}", seconds=1.5, metadata={"title": "Name"})
    reading, kind = containers.read(path), suffix[1:]
    sound = audio_digest(path, container=kind)
    path.write_bytes(bytes(n_zeros) + path.read_bytes())
    for other in (suffix, ".ogg"):
        path = path.rename(tmp_path / f"b{other}")
        assert containers.read(path) == replace(reading, read_only="tag-in-front")
        assert audio_digest(path, container=kind) == sound
        heard = decode_from_start(path, sample_rate_hz=16000, at_most_s=5)
        assert heard.samples.size == pytest.approx(24000, rel=0.1)


@pytest.mark.parametrize("name", ["a.mka", "a.webm"])
def test_damaged_matroska_is_read_as_far_as_it_goes(name, tmp_path):
    path = encode(tmp_path / name, seconds=0.5, metadata={"title": "Name"})
    data = path.read_bytes()
    for size in range(4, len(data), 37):
        path.write_bytes(data[:size])
        assert containers.read(path).container == "mka"
    for at in range(4, min(len(data), 400)):
        path.write_bytes(data[:at] + b"\xff" + data[at + 1 :])
        assert containers.read(path).container == "mka"


PAGE = b"<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>"
TAG = b"TAG" + b"Title".ljust(124, b"\0") + b"\x11"
NO_AUDIO = {
    "empty": (b"", "file-empty", "is empty"),
    "zeros": (bytes(300_000), "file-zeros", "contains only zeros"),
    "web page": (PAGE, "file-web-page", "is a web page"),
    "web page behind a comment": (b"\n<!-- x -->\n" + PAGE.lower(), "file-web-page", "a web page"),
    "web page in UTF-16": (PAGE.decode().encode("utf-16"), "file-web-page", "is a web page"),
    "playlist": (b"#EXTM3U\nhttp://host/a.mp3\n", "file-playlist", "is a playlist"),
    "XSPF": (b'<?xml version="1.0"?><playlist version="1">', "file-playlist", "is a playlist"),
    "text": ("Größe: 3\r\n".encode(), "file-text", "is a text"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(500), "file-image", "is a picture"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(500), "file-image", "is a picture"),
    "WebP": (b"RIFF\x24\0\0\0WEBPVP8 " + bytes(500), "file-image", "is a picture"),
    "AVI": (b"RIFF\x24\0\0\0AVI LIST" + bytes(500), "file-video", "is a video"),
    "MPEG film": (b"\0\0\1\xba" + bytes(500), "file-video", "is a video"),
    "transport stream": ((b"G" + b"\xfe" * 187) * 9, "file-video", "is a video"),
    "bitmap": (b"BM\x36\0\0\0\0\0\0\0" + bytes(60), "file-image", "is a picture"),
    "text about cars": (b"BMW", "file-text", "is a text"),
    "archive": (b"PK\x03\x04" + bytes(500), "file-archive", "is an archive"),
    "document": (b"%PDF-1.7\n" + bytes(500), "file-archive", "or a document"),
    "tags alone": (b"ID3\4\0\0\0\0\0\x40" + bytes(64), "file-only-tags", "tags but no sound"),
    "tag that is too long": (b"ID3\4\0\0\0\0\x40\x40" + bytes(64), "file-only-tags", "no sound"),
    "zeros before a tag": (bytes(9000) + TAG, "file-zeros", "contains only zeros"),
    "few zeros before a tag": (bytes(300) + TAG, "file-zeros", "contains only zeros"),
    "web page behind spaces": (b" \n" * 3000 + PAGE, "file-web-page", "is a web page"),
    "text in Latin-1": ("Größe: 3\r\n".encode("latin-1"), "file-text", "is a text"),
    "text in Russian": ("Привет, мир. ".encode("cp1251") * 500, "file-text", "is a text"),
    "text of long words": ("Größe".encode() * 2000, "file-text", "is a text"),
    "MXF": (b"\6\x0e\x2b\x34\2\5\1\1\r\1\2" + bytes(500), "file-video", "is a video"),
    "DV": (b"\x1f\7\0\x3f" + bytes(500), "file-video", "is a video"),
    "Blu-ray": ((bytes(4) + b"G" + b"\xfe" * 187) * 9, "file-video", "is a video"),
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99), "file-image", "a picture"),
    "AVIF": (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + bytes(99), "file-image", "a picture"),
    "MIDI": (b"MThd\0\0\0\6\0\1\0\2\0\x60" + bytes(99), "kind-unheard", "cannot hear"),
    "anything": (b"\xfe\xed" + bytes(range(30)) * 50, "format-unknown", "is not an audio file"),
}


@pytest.mark.parametrize("suffix", [".mp3", ".flac", ".m4a", ".aac"])
@pytest.mark.parametrize("what", NO_AUDIO)
def test_what_is_no_audio_says_what_it_is(what, suffix, tmp_path):
    content, key, words = NO_AUDIO[what]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    with pytest.raises(UnsupportedFormatError) as caught:
        containers.read(path)
    assert caught.value.key == key
    assert words in str(caught.value)
    require_plain(str(caught.value), path)


def test_bytes_that_are_no_letters_are_no_text(tmp_path):
    path = tmp_path / "a.mp3"
    path.write_bytes(b"\xff" * 50_000)
    with pytest.raises(UnsupportedFormatError, match="is not an audio file"):
        containers.read(path)


@pytest.mark.parametrize(
    ("front", "key"),
    [
        *((b"FLV\1\5" + bytes(40), "file-video"), (b".RMF\0\0\0\x12" + bytes(40), "file-video")),
        *((b"\0\0\1\xba" + bytes(40), "file-video"), (b"nut/multimedia container\0", "file-video")),
        (b"Creative Voice File\x1a\x1a\0", "kind-unheard"),
    ],
)
@pytest.mark.parametrize("suffix", [".mp3", ".flac"])
def test_mpeg_audio_inside_something_else_is_not_taken_for_an_mp3(suffix, front, key, tmp_path):
    path = tagged_files.fresh(tmp_path / "a.mp3").rename(tmp_path / f"b{suffix}")
    path.write_bytes(front + path.read_bytes())
    with pytest.raises(UnsupportedFormatError) as caught:
        containers.read(path)
    assert caught.value.key == key


def test_a_kind_without_a_mark_is_known_by_its_name(tmp_path):
    path = tmp_path / "a.mpc"  # before version 7, Musepack had no mark
    path.write_bytes(b"\x03\x28\x40\x0b" + bytes(range(1, 200)) * 9)
    assert containers.read(path).container == "mpc"
    with pytest.raises(UnsupportedFormatError, match="is not an audio file"):
        containers.read(path.rename(tmp_path / "a.flac"))


def test_an_aiff_c_file_of_an_unknown_coding_says_so(tmp_path):
    data = raw_files.aifc(tagged_files.fresh(tmp_path / "a.aiff").read_bytes())
    path = tmp_path / "a.aifc"
    for content, key in (
        (data.replace(b"NONE\x0e", b"WXYZ\x0e"), "coding-unknown"),
        (data[:20], "decode-failed"),
    ):
        path.write_bytes(content)
        with pytest.raises(DecodeError) as caught:
            decode_from_start(path, sample_rate_hz=16000, at_most_s=5)
        assert caught.value.key == key


def test_a_coding_that_is_not_known_says_so(tmp_path):
    path = tagged_files.fresh(tmp_path / "a.wav")
    data = bytearray(path.read_bytes())
    for coding in (0x0270, 0x7777):  # ATRAC3 without its header; none
        data[20:22] = coding.to_bytes(2, "little")
        path.write_bytes(data)
        with pytest.raises(DecodeError, match="audio codec is unknown") as caught:
            decode_from_start(path, sample_rate_hz=16000, at_most_s=5)
        require_plain(str(caught.value), path)


@pytest.mark.parametrize("content", [b"", PAGE, bytes(9000), b"fLaC" + bytes(900), b"OggS" * 99])
def test_what_cannot_be_decoded_is_said_without_the_words_of_the_decoder(content, tmp_path):
    path = tmp_path / "a.mp3"
    path.write_bytes(content)
    with pytest.raises(DecodeError) as caught:
        decode_from_start(path, sample_rate_hz=16000, at_most_s=5)
    require_plain(str(caught.value), path)


def test_an_mp4_that_lacks_its_index_is_read_and_said_to_be_damaged(tmp_path):
    path = tagged_files.fresh(tmp_path / "a.m4a")
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"moov") - 200])
    assert containers.read(path).read_only in ("cut-off", "layout-broken")
    with pytest.raises(DecodeError) as caught:
        decode_from_start(path, sample_rate_hz=16000, at_most_s=5)
    require_plain(str(caught.value), path)


def test_a_dsd_file_under_another_name_is_still_heard(tmp_path):
    path = tmp_path / "a.flac"
    path.write_bytes(raw_files.dsf(n_blocks=800))
    assert decode_from_start(path, sample_rate_hz=16000, at_most_s=1).samples.size > 8000


def film(path, *, container, with_sound=True):
    """Write a film of one second."""
    with av.open(str(path), "w", format=container) as output:
        video = output.add_stream("mpeg4", rate=10)
        video.width = video.height = 64
        sound = output.add_stream("aac", rate=44100) if with_sound else None
        for number in range(10):
            picture = np.full((64, 64, 3), 20 * number, np.uint8)
            output.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        output.mux(video.encode(None))
        if sound is not None:
            noise = np.random.default_rng(0).uniform(-0.5, 0.5, (2, 66150)).astype(np.float32)
            frame = av.AudioFrame.from_ndarray(noise, format="fltp", layout="stereo")
            frame.sample_rate = 44100
            output.mux([*sound.encode(frame), *sound.encode(None)])
    return path


@pytest.mark.parametrize(("name", "container"), [("a.mp4", "mp4"), ("a.mkv", "matroska")])
def test_the_sound_of_a_film_is_heard_and_its_details_say_so(name, container, tmp_path):
    path = film(tmp_path / name, container=container)
    assert containers.read(path).container in ("m4a", "mka")
    assert read_facts(path).is_film
    assert decode_from_start(path, sample_rate_hz=16000, at_most_s=5).samples.size > 16000
    silent = film(tmp_path / f"silent-{name}", container=container, with_sound=False)
    with pytest.raises(DecodeError, match="is a video without sound") as caught:
        decode_from_start(silent, sample_rate_hz=16000, at_most_s=5)
    require_plain(str(caught.value), silent)


def test_the_pictures_of_chapters_and_covers_do_not_make_a_film(tmp_path):
    assert not read_facts(tagged_files.m4a(tmp_path / "a.m4b")).is_film
    path = film(tmp_path / "a.mp4", container="mp4")
    data = path.read_bytes()
    assert data.count(b"mp4v") == 1
    path.write_bytes(data.replace(b"mp4v", b"jpeg"))
    assert not read_facts(path).is_film
