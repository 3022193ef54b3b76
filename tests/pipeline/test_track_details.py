"""What is shown of one track that is looked at closely: facts, cover, segments, envelope."""

from __future__ import annotations

import base64
import os
import signal
import struct
import threading
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from mutagen.apev2 import APEBinaryValue, APEv2
from mutagen.asf import ASF, ASFByteArrayAttribute
from mutagen.flac import FLAC, Picture
from mutagen.id3 import APIC, ID3, TCOM, TDRC, TRCK
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggopus import OggOpus

from genretagger import pipeline
from genretagger.analysis.envelope import N_BINS, EnvelopeReader, read_envelope
from genretagger.analysis.manifest import default_model_folder, load_manifest
from genretagger.core.errors import Cancelled, DecodeError, TagReadError
from genretagger.core.events import TrackAnalysed
from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.tagging.containers.facts import MOST_COVER_BYTES, read_facts
from tests.helpers.samples import encode
from tests.helpers.waiting import joined, opened_by_reader, running, wait_for

FRONT, BACK = b"\x89PNG front", b"\xff\xd8 back"


@pytest.fixture
def context():
    return pipeline.Context(user_folders(), Settings())


@pytest.fixture
def reader():
    reader = EnvelopeReader()
    yield reader
    pids = reader.pids()
    reader.stop()
    assert not running(pids)


def picture(data, kind):
    made = Picture()
    made.data, made.type, made.mime = data, kind, "image/png"
    return made


def asf_picture(data, kind):
    texts = "".join(f"{text}\0" for text in ("image/png", "a cover")).encode("utf-16-le")
    return ASFByteArrayAttribute(struct.pack("<BI", kind, len(data)) + texts + data)


# Facts


def test_id3_gives_the_front_cover_and_what_stands_beside_it(tmp_path):
    path = encode(tmp_path / "a.mp3", seconds=1)
    tags = ID3()
    tags.add(APIC(encoding=3, mime="image/jpeg", type=4, desc="back", data=BACK))
    tags.add(APIC(encoding=3, mime="image/png", type=3, desc="front", data=FRONT))
    tags.add(TDRC(encoding=3, text="1971"))
    tags.add(TRCK(encoding=3, text="3/11"))
    tags.add(TCOM(encoding=3, text=["Ada", "Bea"]))
    tags.save(path)
    facts = read_facts(path)
    assert (facts.date, facts.track_number, facts.composer) == ("1971", "3/11", "Ada; Bea")
    assert (facts.sample_rate_hz, facts.channels, facts.cover) == (44100, 2, FRONT)


def test_a_flac_gives_its_picture_and_bit_depth(tmp_path):
    path = encode(tmp_path / "a.flac", seconds=1)
    file = FLAC(path)
    file["DATE"], file["TrackNumber"] = "1999-05-01", "7"
    file.add_picture(picture(BACK, 4))
    file.add_picture(picture(FRONT, 3))
    file.save()
    facts = read_facts(path)
    assert (facts.date, facts.track_number, facts.cover) == ("1999-05-01", "7", FRONT)
    assert facts.bits_per_sample == 16


def test_comments_hold_a_picture_as_text_and_a_damaged_one_is_left_out(tmp_path):
    path = encode(tmp_path / "a.opus", seconds=1)
    file = OggOpus(path)
    whole = base64.b64encode(picture(FRONT, 3).write()).decode()
    file["metadata_block_picture"] = ["!!!", base64.b64encode(b"short").decode(), whole]
    file["composer"] = "Ada"
    file.save()
    facts = read_facts(path)
    assert (facts.cover, facts.composer) == (FRONT, "Ada")


def test_mp4_gives_numbers_in_pairs(tmp_path):
    path = encode(tmp_path / "a.m4a", seconds=1)
    file = MP4(path)
    file["covr"] = [MP4Cover(FRONT, MP4Cover.FORMAT_PNG)]
    file["trkn"], file["disk"], file["\xa9day"] = [(3, 11)], [(1, 0)], "2001"
    file.save()
    facts = read_facts(path)
    assert (facts.track_number, facts.disc_number, facts.date) == ("3/11", "1", "2001")
    assert facts.cover == FRONT


def test_apev2_names_a_file_in_front_of_the_picture(tmp_path):
    path = encode(tmp_path / "a.wv", seconds=1)
    tags = APEv2()
    tags["Cover Art (Front)"] = APEBinaryValue(b"cover.png\0" + FRONT)
    tags["Year"] = "1980"
    tags.save(path)
    facts = read_facts(path)
    assert (facts.date, facts.cover) == ("1980", FRONT)


def test_asf_gives_the_front_cover(tmp_path):
    path = encode(tmp_path / "a.wma", seconds=1)
    file = ASF(path)
    file["WM/Picture"] = [asf_picture(BACK, 4), asf_picture(FRONT, 3)]
    file["WM/Year"] = "1990"
    file.save()
    facts = read_facts(path)
    assert (facts.date, facts.cover) == ("1990", FRONT)


@pytest.mark.parametrize("cut", range(12))
def test_a_cut_off_picture_of_asf_is_no_failure(tmp_path, cut):
    path = encode(tmp_path / "a.wma", seconds=1)
    file = ASF(path)
    file["WM/Picture"] = [ASFByteArrayAttribute(asf_picture(FRONT, 3).value[:cut])]
    file.save()
    assert read_facts(path).cover == b""


def test_a_cover_too_large_is_left_out_for_the_next_one(tmp_path):
    path = encode(tmp_path / "a.mp3", seconds=1)
    tags = ID3()
    huge = bytes(MOST_COVER_BYTES + 1)
    tags.add(APIC(encoding=3, mime="image/png", type=3, desc="front", data=huge))
    tags.add(APIC(encoding=3, mime="image/png", type=0, desc="small", data=BACK))
    tags.save(path)
    assert read_facts(path).cover == BACK


# Details


def test_the_folders_picture_stands_in_where_the_file_has_none(tmp_path, context):
    path = encode(tmp_path / "a.flac", seconds=1)
    assert pipeline.details(path, None, None, context=context).facts.cover == b""
    (tmp_path / "Folder.jpg").write_bytes(BACK)
    found = pipeline.details(path, None, None, context=context)
    assert found.facts.cover == BACK
    assert found.size_bytes == path.stat().st_size
    assert (found.segments, found.deciding) == ((), None)


def test_what_must_not_be_written_is_said_of_a_file(tmp_path, context, monkeypatch):
    path = encode(tmp_path / "a.flac", seconds=1)
    assert not pipeline.details(path, None, None, context=context).is_protected
    may = os.access
    monkeypatch.setattr(os, "access", lambda at, mode: mode != os.W_OK and may(at, mode))
    found = pipeline.details(path, None, None, context=context)
    assert (found.is_protected, found.size_bytes) == (True, path.stat().st_size)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_or_a_giant_called_cover_is_left_alone(tmp_path, context):
    path = encode(tmp_path / "a.flac", seconds=1)
    os.mkfifo(tmp_path / "cover.jpg")
    with (tmp_path / "folder.jpg").open("wb") as file:
        file.truncate(MOST_COVER_BYTES + 1)
    assert pipeline.details(path, None, None, context=context).facts.cover == b""


def test_of_a_vanished_file_what_was_heard_stays(tmp_path, context):
    path = tmp_path / "music" / "a.flac"
    path.parent.mkdir()
    encode(path, seconds=31, noise=0.3)
    with closing(
        pipeline.analyse([path.parent], context=context, cancel=threading.Event())
    ) as events:
        heard = next(event for event in events if isinstance(event, TrackAnalysed))
    path.unlink()
    digest, model_id = heard.audio_digest, heard.prediction.model_id
    found = pipeline.details(path, digest, model_id, context=context)
    assert isinstance(found.error, TagReadError)
    assert found.facts is None
    manifest = load_manifest(default_model_folder())
    assert found.genres == manifest.genres
    assert found.segment_s == manifest.feature_spec.segment_s
    assert len(found.segments) == 10
    column = found.genres.index(heard.prediction.genre)
    scores = [segment.scores[column] for segment in found.segments]
    assert scores[found.deciding] == max(scores)


def test_what_another_classifier_said_is_not_shown_as_its_segments(tmp_path, context):
    path = encode(tmp_path / "a.flac", seconds=1)
    found = pipeline.details(path, "digest", "personal:mine:12345678", context=context)
    assert found.segments == ()
    assert found.facts is not None


# Envelope


def test_the_envelope_follows_the_loudness(tmp_path):
    path = encode(tmp_path / "a.wav", seconds=4, channels=1, frequencies_hz=(440.0,))
    content = bytearray(path.read_bytes())
    half = len(content) // 2
    content[half:] = bytes(len(content) - half)  # silence
    path.write_bytes(content)
    found = read_envelope(path)
    assert found.levels.dtype == np.float32
    assert found.levels.shape == (N_BINS,)
    assert found.duration_s == pytest.approx(4.0)
    assert found.levels[:390].min() > 0.9
    assert found.levels[410:].max() == 0.0
    assert found.levels.max() == pytest.approx(1.0)


@pytest.mark.parametrize("suffix", [".mp3", ".flac", ".ogg", ".m4a"])
def test_long_tracks_make_as_many_bins(tmp_path, suffix):
    found = read_envelope(encode(tmp_path / f"a{suffix}", seconds=70, noise=0.1))
    assert found.levels.shape == (N_BINS,)
    assert found.duration_s == pytest.approx(70, abs=0.2)
    assert 0 < found.levels.min() <= found.levels.max() <= 1


def test_a_file_that_does_not_say_how_long_it_is(tmp_path):
    path = encode(tmp_path / "a.aac", seconds=3)
    assert read_envelope(path).duration_s == pytest.approx(3, abs=0.2)


def test_silence_has_a_flat_envelope(tmp_path):
    path = encode(tmp_path / "a.wav", seconds=2, frequencies_hz=())
    assert not read_envelope(path).levels.any()


def test_what_is_no_audio_has_none(tmp_path, reader):
    path = tmp_path / "a.mp3"
    path.write_bytes(b"no audio at all" * 100)
    with pytest.raises(DecodeError, match=r"a\.mp3"):
        read_envelope(path)
    with pytest.raises(DecodeError, match=r"a\.mp3"):
        reader.read(path)
    with pytest.raises(DecodeError, match=r"gone\.mp3"):
        reader.read(tmp_path / "gone.mp3")


def test_no_process_is_started_before_the_first_envelope(reader):
    assert reader.pids() == ()
    reader.drop()
    assert reader.pids() == ()
    reader.stop()
    with pytest.raises(Cancelled):
        reader.read(Path("never.flac"))


def test_another_process_reads_what_this_one_does(reader, tmp_path):
    path = encode(tmp_path / "a.flac", seconds=3, noise=0.2)
    assert np.array_equal(reader.read(path).levels, read_envelope(path).levels)
    (pid,) = reader.pids()
    reader.read(path)
    assert reader.pids() == (pid,)


def in_thread(call):
    """Return a thread that makes `call`, and the list that its error goes to."""
    errors = []

    def run():
        try:
            call()
        except (DecodeError, Cancelled) as error:
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, errors


def test_a_file_that_is_dropped_is_left_off(reader, tmp_path):
    short = encode(tmp_path / "short.flac", seconds=1)
    reader.read(short)
    path = encode(tmp_path / "a.flac", seconds=30)
    thread, errors = in_thread(lambda: [reader.read(path) for _ in range(1000)])
    wait_for(lambda: reader.drop() or not thread.is_alive())
    assert [type(error) for error in errors] == [Cancelled]
    assert reader.read(short).duration_s == pytest.approx(1.0)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize(
    ("number", "key"), [("SIGSEGV", "decoder-crashed"), ("SIGKILL", "worker-killed")]
)
def test_a_decoder_that_crashes_costs_only_its_file(reader, tmp_path, number, key):
    short = encode(tmp_path / "short.flac", seconds=1)
    reader.read(short)
    never = tmp_path / "never.mp3"
    os.mkfifo(never)
    (pid,) = reader.pids()
    thread, errors = in_thread(lambda: reader.read(never))
    writer = opened_by_reader(never)
    os.kill(pid, getattr(signal, number))
    joined(thread)
    os.close(writer)
    assert [error.key for error in errors] == [key]
    assert reader.read(short).duration_s == pytest.approx(1.0)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_stopping_lets_go_of_a_file_that_never_ends(reader, tmp_path):
    never = tmp_path / "never.mp3"
    os.mkfifo(never)
    thread, errors = in_thread(lambda: reader.read(never))
    wait_for(reader.pids)
    reader.stop()
    joined(thread)
    assert [type(error) for error in errors] == [Cancelled]
