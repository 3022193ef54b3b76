"""Reads JSON from untrusted files into dataclasses, checked against the types of their fields.

Nothing is converted: a boolean is no number, a float is no integer, NaN and infinity are no JSON.
An error is one sentence that names the field: "`high.confidence`: expected `float`, got `str`".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any, Final, TypeVar, cast, get_type_hints

import msgspec

_Value = TypeVar("_Value")

_WITH_PATH: Final = re.compile(r"(?P<reason>.+) - at `(?:key in )?\$\.?(?P<path>.*)`", re.DOTALL)


class TypedJsonError(ValueError):
    """The text is not JSON, or not JSON of the requested type."""


def parse_json(content: bytes) -> Any:
    """Return the value of a JSON text, as dicts, lists, texts, numbers, booleans and None.

    Raises
    ------
    TypedJsonError
        It is not JSON in UTF-8, or is nested too deeply.
    """
    try:
        return msgspec.json.decode(content)
    except (ValueError, RecursionError) as error:
        raise TypedJsonError(_sentence(error)) from error


def read_json(content: bytes, kind: type[_Value]) -> _Value:
    """Return the value of a JSON text as the dataclass `kind`; see `to_typed`.

    Raises
    ------
    TypedJsonError
        As `parse_json` and `to_typed`.
    """
    return to_typed(parse_json(content), kind)


def to_typed(stored: Any, kind: type[_Value]) -> _Value:
    """Return `stored`, a result of `parse_json`, as the dataclass `kind`.

    It must have exactly the fields of `kind`, even those with a default; so must its parts.

    Raises
    ------
    TypedJsonError
        A field is missing, unknown or of the wrong type.
    """
    value = to_known(stored, kind)
    for problem in _differences(stored, msgspec.to_builtins(value), path=""):
        raise TypedJsonError(problem)
    return value


def to_known(stored: Any, kind: type[_Value]) -> _Value:
    """Return `stored` as the dataclass `kind`: unknown fields are ignored, defaults fill others.

    For data that an older or newer version of the program may have stored.

    Raises
    ------
    TypedJsonError
        A field without default is missing, or a field is of the wrong type.
    """
    try:
        return msgspec.convert(stored, kind)
    except (ValueError, RecursionError) as error:
        raise TypedJsonError(_sentence(error)) from error


def read_known(content: str, kind: type[_Value]) -> _Value:
    """Return the value of a JSON text as the dataclass `kind`, as `to_known` does, but faster.

    Raises
    ------
    TypedJsonError
        As `to_known`; also for a text with a lone surrogate, as names of files may have.
    """
    try:
        return msgspec.json.decode(content, type=kind)
    except (ValueError, RecursionError) as error:
        raise TypedJsonError(_sentence(error)) from error


def read_whole(content: str, kind: type[_Value]) -> _Value:
    """Return the value of a JSON text as the dataclass `kind`; no field may be missing.

    Unknown fields are ignored. The text may hold lone surrogates, as names of files do.

    Raises
    ------
    ValueError
        It is no JSON, or a field is missing or of the wrong type.
    """
    whole = _without_defaults(cast("Any", kind))
    try:
        value = read_known(content, whole)
    except TypedJsonError:  # msgspec refuses lone surrogates; Python's json is slower
        value = to_known(json.loads(content), whole)
    return kind(*msgspec.structs.astuple(value))


@cache
def _without_defaults(kind: Any) -> type[msgspec.Struct]:
    """Return a type with the fields of a dataclass, but without their defaults."""
    hints = get_type_hints(kind)
    return msgspec.defstruct(
        kind.__name__, [(field.name, hints[field.name]) for field in fields(kind)]
    )


def write_json(value: Any) -> str:
    """Return a dataclass as JSON, which `read_known` reads; enums are their values."""
    return msgspec.json.encode(value).decode()


def _sentence(error: Exception) -> str:
    """Return the reason of `error`, behind the name of the field."""
    text = str(error) or type(error).__name__
    parts = _WITH_PATH.fullmatch(text)
    if parts is None:
        return text[:1].lower() + text[1:] if text.startswith(("Expected", "Object")) else text
    reason = parts["reason"]
    return f"`{parts['path']}`: {reason[:1].lower()}{reason[1:]}"


def _differences(stored: Any, known: Any, *, path: str) -> Iterator[str]:
    """Yield a sentence for each field that only one of the two has."""
    if isinstance(stored, dict):
        for name in sorted(stored.keys() - known.keys()):
            yield f"unknown field `{path}{name}`"
        for name in sorted(known.keys() - stored.keys()):
            yield f"missing field `{path}{name}`"
        for name in sorted(stored.keys() & known.keys()):
            yield from _differences(stored[name], known[name], path=f"{path}{name}.")
    elif isinstance(stored, list):
        for index, (item, known_item) in enumerate(zip(stored, known, strict=True)):
            yield from _differences(item, known_item, path=f"{path[:-1]}[{index}].")
