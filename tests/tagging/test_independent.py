"""Every container, tag state and policy, judged by TagLib, FFmpeg and plain mutagen; and the judge.

The judge is shown changes of every kind that a bad write could make: it has to name each.
"""

import pytest
from mutagen.flac import FLAC
from mutagen.id3 import ID3, TCON, TIT2
from mutagen.mp4 import MP4
from mutagen.oggvorbis import OggVorbis

from genretagger.core.settings import Settings
from genretagger.core.writes import Policy
from tests.helpers import independent_readers, roundtrip, tagged_files

KEPT = dict.fromkeys(Policy, "written") | {Policy.FILL: "skipped"}


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("state", tagged_files.STATES)
def test_only_the_genre_changes_for_every_reader_and_undo_brings_all_bytes_back(
    state, policy, tmp_path
):
    path = tagged_files.make(state, tmp_path)
    _, _, genres = tagged_files.STATES[state]
    result = roundtrip.run(path, policy, roundtrip.GENRE, Settings())
    assert result.problems == ()
    assert result.status == (KEPT[policy] if genres else "written"), result.reason


@pytest.mark.parametrize("genre", ["Drum & Bass", "Néo-Zouk 音楽", "x" * 3000])
@pytest.mark.parametrize("state", [name for name in tagged_files.STATES if "without genre" in name])
def test_a_genre_of_any_length_and_script_is_read_by_all(state, genre, tmp_path):
    result = roundtrip.run(tagged_files.make(state, tmp_path), Policy.REPLACE, genre, Settings())
    assert (result.status, result.problems) == ("written", ())


def audio_flipped(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x55
    path.write_bytes(data)


def title_changed(path):
    match path.suffix:
        case ".mp3":
            tag = ID3(path)
            tag.add(TIT2(encoding=3, text=["Another"]))
            tag.save(path)
        case ".m4a":
            file = MP4(path)
            file["\xa9nam"] = "Another"
            file.save()
        case _:
            file = {".flac": FLAC, ".ogg": OggVorbis}[path.suffix](path)
            file["title"] = "Another"
            file.save()


def cut_off(path):
    path.write_bytes(path.read_bytes()[:-400])


@pytest.mark.parametrize("change", [audio_flipped, title_changed, cut_off])
@pytest.mark.parametrize(
    "state", ["mp3 2.4 list", "flac genre", "ogg genre", "m4a genre", "m4a faststart"]
)
def test_the_judge_sees_what_is_not_the_genre(state, change, tmp_path):
    path = tagged_files.make(state, tmp_path)
    before = independent_readers.view(path)
    change(path)
    with pytest.raises(AssertionError):
        independent_readers.require_only_genre_differs(before, independent_readers.view(path))


def test_the_judge_tells_readers_apart_by_what_they_lost(tmp_path):
    path = tagged_files.make("flac genre", tmp_path)
    before = independent_readers.view(path)
    file = FLAC(path)
    file.clear_pictures()
    file.save()
    found = independent_readers.differences(before, independent_readers.view(path))
    assert {line.partition(":")[0] for line in found} >= {"mutagen", "taglib", "payload"}


def test_the_judge_passes_over_a_change_of_the_genre_alone(tmp_path):
    path = tagged_files.make("mp3 2.4 list", tmp_path)
    before = independent_readers.view(path)
    tag = ID3(path, translate=False, load_v1=False)
    tag["TCON"].text = ["Blues"]
    tag.save(path, v1=0)
    after = independent_readers.view(path)
    independent_readers.require_only_genre_differs(before, after)
    assert set(after.genres.values()) == {("Blues",)}
    assert before.genres != after.genres


def test_the_judge_finds_a_title_that_only_some_readers_lose(tmp_path):
    path = tagged_files.make("mp3 v1 only", tmp_path)
    before = independent_readers.view(path)
    tag = tmp_path / "tag"
    new = ID3()
    new.add(TCON(encoding=3, text=["Blues"]))
    new.save(tag)
    path.write_bytes(tag.read_bytes() + path.read_bytes())
    found = independent_readers.differences(before, independent_readers.view(path))
    assert {line.partition(":")[0] for line in found} == {"taglib", "ffmpeg"}
