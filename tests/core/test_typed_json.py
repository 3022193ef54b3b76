"""JSON of a type is read as that type or refused, whatever is in the file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.typed_json import (
    TypedJsonError,
    parse_json,
    read_json,
    read_known,
    read_whole,
    to_known,
    write_json,
)


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    points: tuple[Point, ...]
    size: tuple[float, int]
    counts: dict[str, int]
    colour: Colour | None
    is_closed: bool


SHAPE = Shape((Point(1.0, "a"), Point(2.5)), (0.5, 3), {"b": 4}, Colour.RED, is_closed=True)


def stored(**changes):
    record = asdict(SHAPE) | {"colour": "red"} | changes
    return json.dumps(record).encode()


def test_what_was_stored_comes_back_as_the_types_of_the_fields():
    assert read_json(stored(), Shape) == SHAPE
    assert read_json(stored(size=[1, 3]), Shape).size == (1.0, 3), "an integer is a float too"
    assert read_json(stored(colour=None), Shape).colour is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"is_closed": 1}, "`is_closed`: expected `bool`, got `int`"),
        ({"size": [True, 3]}, r"`size\[0\]`: expected `float`, got `bool`"),
        ({"size": [1.0, True]}, r"`size\[1\]`: expected `int`, got `bool`"),
        ({"size": [1.0, 3.0]}, r"`size\[1\]`: expected `int`"),
        ({"size": [1.0]}, "`size`: expected `array` of length 2"),
        ({"points": "a"}, "`points`: expected `array`, got `str`"),
        ({"points": [{"x": "1", "name": ""}]}, r"`points\[0\].x`: expected `float`, got `str`"),
        ({"points": [{"name": ""}]}, r"`points\[0\]`: object missing required field `x`"),
        ({"points": [{"x": 1.0}]}, r"missing field `points\[0\].name`"),
        ({"points": [{"x": 1, "name": "", "z": 1}]}, r"unknown field `points\[0\].z`"),
        ({"surprise": 1}, "unknown field `surprise`"),
        ({"colour": "blue"}, "`colour`: invalid enum value 'blue'"),
    ],
)
def test_another_type_is_refused_by_a_sentence_that_names_the_field(changes, sentence):
    with pytest.raises(TypedJsonError, match=f"^{sentence}"):
        read_json(stored(**changes), Shape)


@pytest.mark.parametrize(
    "text",
    [
        *(b"", b"{", b"[]", b"5", b"null", b"\xff", b'{"x": "\xff"}', b'{"x": 1} x'),
        *(b'{"x": NaN}', b'{"x": Infinity}', b'{"x": 1e999}', b'{"x": 1' + b"0" * 400 + b"}"),
        *(b'{"x": "\\ud800"}', b'{"x": 1, "name": "\\udcff"}'),
        *(b"[" * 100_000, b'{"x":' * 100_000, b'{"x": 1, "name": "", "z": ' + b"[" * 100_000),
    ],
)
def test_what_is_no_json_or_of_another_kind_is_one_sentence(text):
    with pytest.raises(TypedJsonError) as error:
        read_json(text, Point)
    assert str(error.value)
    assert "\n" not in str(error.value)


def test_what_another_version_stored_is_read_as_far_as_it_is_known():
    assert to_known({"x": 1, "newer": [1]}, Point) == Point(1.0)
    with pytest.raises(TypedJsonError, match="object missing required field `x`"):
        to_known({"name": "a"}, Point)


TEXT = st.text(st.characters(codec="utf-8"))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda values: st.lists(values) | st.dictionaries(TEXT, values),
)


@given(JSON)
def test_all_json_is_parsed_as_by_the_standard_library(value):
    text = json.dumps(value).encode()
    assert parse_json(text) == json.loads(text)


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_is_read_is_of_the_type_or_refused(content):
    try:
        point = read_json(content, Point)
    except TypedJsonError:
        return
    assert (type(point.x), type(point.name)) == (float, str)


def test_a_text_is_read_as_its_value_is():
    assert read_known('{"x": 1, "newer": [1]}', Point) == to_known({"x": 1, "newer": [1]}, Point)
    for text in ('{"name": "a"}', '{"x": "\\udcff"}', "{"):
        with pytest.raises(TypedJsonError):
            read_known(text, Point)


def test_a_whole_value_lacks_no_field_and_may_hold_what_file_names_hold():
    point = Point(1.0, name="a\udcff")
    assert read_whole(json.dumps({"newer": 1, **asdict(point)}), Point) == point
    for text in ('{"x": 1}', "{"):
        with pytest.raises(ValueError, match=r".+"):
            read_whole(text, Point)


def test_what_is_written_is_read():
    assert read_known(write_json(Point(1.5)), Point) == Point(1.5)
