"""The way back: any file from any other, small where one is the other with a changed tag."""

import random
from io import BytesIO

import mutagen
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.tagging.writing import reverse_patch
from tests.helpers import tagged_files


def back(way, new):
    old = BytesIO()
    reverse_patch.apply(way, BytesIO(new), old)
    return old.getvalue()


pieces = st.lists(
    st.binary(max_size=200) | st.binary(min_size=1, max_size=3).map(lambda b: b * 900)
)


@given(pieces, pieces)
def test_any_file_is_made_from_any_other(old_pieces, new_pieces):
    old, new = b"".join(old_pieces), b"".join(new_pieces)
    assert back(reverse_patch.make(BytesIO(old), BytesIO(new)), new) == old


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_a_tag_in_front_and_a_byte_behind_cost_little(old_tag, new_tag):
    audio = random.Random(0).randbytes(700_000)
    old, new = old_tag + audio + b"\1", new_tag + audio + b"\2"
    way = reverse_patch.make(BytesIO(old), BytesIO(new))
    assert back(way, new) == old
    assert len(way) < 1000


@pytest.mark.parametrize("name", ["ogg genre", "opus genre", "m4a faststart", "flac genre"])
def test_the_way_back_of_a_long_genre_is_small(name, tmp_path):
    path = tagged_files.make(name, tmp_path)
    old = path.read_bytes()
    file = mutagen.File(path)
    file["\xa9gen" if path.suffix == ".m4a" else "genre"] = ["long " * 20_000]
    file.save()
    way = reverse_patch.make(BytesIO(old), BytesIO(path.read_bytes()))
    assert back(way, path.read_bytes()) == old
    assert len(way) < 15_000


def test_above_the_cap_there_is_no_way_back(monkeypatch):
    monkeypatch.setattr(reverse_patch, "MAX_BYTES", 100)
    assert reverse_patch.make(BytesIO(random.Random(0).randbytes(5000)), BytesIO(b"")) is None


@given(st.binary(max_size=100))
def test_a_damaged_patch_is_an_error(data):
    with pytest.raises(reverse_patch.PatchError):
        back(data, b"new")


def test_a_patch_for_another_file_is_an_error():
    way = reverse_patch.make(BytesIO(b"old" * 100), BytesIO(b"new" * 100))
    with pytest.raises(reverse_patch.PatchError):
        back(way, b"another")
