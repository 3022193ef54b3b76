"""Plans are read strictly: a malformed one stops everything before the first write."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.errors import PlanError
from genretagger.core.writes import WriteRequest
from genretagger.library.plan import read_plan, require_distinct


def test_a_plan_gives_requests():
    lines = [
        '{"path": "/a/b\\udcff.mp3", "genres": ["Rock", "Pop"], "confidence": 0.5}\n',
        "\n",
        '{"path": "c.flac", "genres": [], "audio_digest": "12", "current_genres": ["Jazz"]}',
    ]
    assert read_plan(lines) == (
        WriteRequest(Path("/a/b\udcff.mp3"), ("Rock", "Pop")),
        WriteRequest(Path("c.flac").absolute(), (), audio_digest="12", current_genres=("Jazz",)),
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("rock", "Line 1 of the plan is not a JSON object."),
        ("[1]", "Line 1 of the plan is not a JSON object."),
        ("[" * 100_000, "Line 1 of the plan is not a JSON object."),
        ('{"genres": ["Rock"]}', 'Line 1 of the plan has no "path".'),
        ('{"path": "/a"}', 'Line 1 of the plan has no "genres".'),
        ('{"path": 3, "genres": ["Rock"]}', '"path" must be a path'),
        ('{"path": "", "genres": ["Rock"]}', '"path" must be a path'),
        ('{"path": "/a\\u0000", "genres": ["Rock"]}', '"path" must be a path'),
        ('{"path": "/a\\ud800", "genres": ["Rock"]}', '"path" must be a path'),
        ('{"path": "/a", "genres": "Rock"}', '"genres" must be a list of texts'),
        ('{"path": "/a", "genres": [1]}', '"genres" must be a list of texts'),
        ('{"path": "/a", "genres": [], "audio_digest": 3}', '"audio_digest" must be a text'),
        ('{"path": "/a", "genres": [], "current_genres": {}}', "must be a list of texts"),
    ],
)
def test_a_malformed_line_is_named(line, sentence):
    with pytest.raises(PlanError) as caught:
        read_plan([line])
    assert sentence in str(caught.value)


@given(st.text())
def test_no_text_makes_the_reader_fail_otherwise(text):
    with contextlib.suppress(PlanError):
        assert all(isinstance(request, WriteRequest) for request in read_plan(text.splitlines()))


def test_a_file_asked_for_twice_is_an_error_by_whatever_name(tmp_path):
    track = tmp_path / "a.mp3"
    track.touch()
    (tmp_path / "link.mp3").symlink_to(track)
    once = WriteRequest(track, ("Rock",))
    require_distinct([once, WriteRequest(tmp_path / "b.mp3", ("Rock",))])
    for other in (track, tmp_path / "x" / ".." / "a.mp3", tmp_path / "link.mp3"):
        with pytest.raises(PlanError, match="Entry 2 of the plan names"):
            require_distinct([once, WriteRequest(other, ("Pop",))])


def test_a_loop_of_links_is_no_crash(tmp_path):
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "a").symlink_to(tmp_path / "b")
    loop = WriteRequest(tmp_path / "a", ("Rock",))
    require_distinct([loop])
    with pytest.raises(PlanError, match="again"):
        require_distinct([loop, loop])


def test_lines_of_a_plan_survive_json():
    path = "/m/\udcff.mp3"
    (request,) = read_plan([json.dumps({"path": path, "genres": ["Rock"]})])
    assert os.fsencode(request.path) == b"/m/\xff.mp3"
