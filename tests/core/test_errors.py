"""Errors carry a key and values, render in English, and survive a process boundary."""

from __future__ import annotations

import ast
import pickle
import string
from pathlib import Path

import pytest

import genretagger
from genretagger.core import errors
from genretagger.core.messages import MESSAGES

PACKAGE = Path(genretagger.__file__).parent


def raised():
    """Yield (place, class name, key, names of values) of each error made in the package."""
    names = {name for name, value in vars(errors).items() if isinstance(value, type)}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            translates = node.func.id == errors.translate_os_errors.__name__
            if not (translates or node.func.id in names or node.func.id.endswith("Error")):
                continue
            keys = [a.value for a in node.args if isinstance(a, ast.Constant)]
            keys = [key for key in keys if isinstance(key, str) and key in MESSAGES]
            if keys:
                values = {keyword.arg for keyword in node.keywords}
                values |= {"path", "reason"} if translates else set()
                place = f"{path.relative_to(PACKAGE)}:{node.lineno}"
                yield place, node.func.id, keys[0], values


def placeholders(key):
    return {name for _, name, _, _ in string.Formatter().parse(MESSAGES[key]) if name}


def test_every_error_fills_the_placeholders_of_its_message():
    found = list(raised())
    assert len(found) > 20
    for place, name, key, values in found:
        if None in values:  # **values: cannot be judged here
            continue
        given = values | ({"path"} if "path" in placeholders(key) else set())
        assert placeholders(key) <= given, f"{place}: {name}({key!r})"


def test_every_message_is_used():
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in PACKAGE.rglob("*.py")
        if path.name != "messages.py"
    )
    assert [key for key in MESSAGES if f'"{key}"' not in sources] == []


def test_every_message_is_one_sentence_or_two():
    for key, text in MESSAGES.items():
        assert text.endswith("."), key
        assert text[0].isupper() or text[0] == "{", key
        assert "\n" not in text, key


@pytest.mark.parametrize(
    "error",
    [
        errors.DecodeError(Path("/a/b\udcff.mp3"), "decode-failed", reason="x"),
        errors.SettingsError("setting-unnamed", name="x"),
        errors.Cancelled(),
    ],
)
def test_an_error_survives_a_process_boundary(error):
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert copy.values == error.values
    assert getattr(copy, "path", None) == getattr(error, "path", None)


def test_a_path_that_is_not_utf8_can_be_printed():
    error = errors.DecodeError(Path("/a/b\udcff.mp3"), "no-audio")
    assert str(error) == "/a/b\N{REPLACEMENT CHARACTER}.mp3 holds no sound that can be heard."


def test_an_os_error_becomes_one_of_ours_with_the_words_of_the_system():
    with (
        pytest.raises(errors.ExportError) as raised_error,
        errors.translate_os_errors(errors.ExportError, "export-failed", Path("/a/b.m3u")),
    ):
        raise PermissionError(13, "Permission denied")
    assert "/a/b.m3u" in str(raised_error.value)
    assert "Permission denied" in str(raised_error.value)
    assert isinstance(raised_error.value.__cause__, PermissionError)


def test_an_os_error_without_words_is_not_named_after_python():
    assert errors.reason_of(OSError()) == "the system gives no reason"
