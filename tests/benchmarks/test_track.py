"""Comparing with other programs: ratios, and what is said where one cannot be measured."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pytest

from benchmarks import track
from benchmarks.peers import PeersMissingError, peers_python
from benchmarks.pipelines import seconds_of
from benchmarks.track import Hearing


def hearing(**seconds):
    return Hearing(ready_s=0.5, first_s=1.0, seconds=seconds, peak_mb=100.0)


def test_a_ratio_is_to_our_time_before_and_after_and_leaves_out_what_cannot_be_opened():
    peer = hearing(MP3=3.0, FLAC=1.0, Opus="cannot open it (ValueError)")
    before, after = hearing(MP3=1.0, FLAC=1.0, Opus=1.0), hearing(MP3=2.0, FLAC=1.0, Opus=1.0)
    rows = list(track.compared("peer", peer, before=before, after=after))
    by_case = {row.case: row for row in rows}
    assert by_case["MP3"].ratio == 2.0
    assert (by_case["Opus"].value, by_case["Opus"].note) == (None, "cannot open it (ValueError)")
    assert (by_case["median"].value, by_case["median"].ratio, by_case["median"].n) == (2.0, 1.5, 2)


def test_a_program_that_cannot_open_a_track_says_so_and_goes_on():
    def judge(path):
        raise OSError(path)

    assert seconds_of(judge, "x.opus") == "cannot open it (OSError)"
    assert seconds_of(len, "x.opus") >= 0


def test_without_the_other_programs_the_rest_is_measured(monkeypatch):
    def no_network():
        raise PeersMissingError("pip could not install peers.txt")

    monkeypatch.setattr(track, "peers_python", no_network)
    asked = argparse.Namespace(seconds=4, programs=["essentia"])
    rows = list(track.measure(asked))
    (peer,) = (row for row in rows if row.name == "Essentia's MusicExtractor")
    assert (peer.value, peer.note) == (None, "pip could not install peers.txt")
    own = {row.case: row for row in rows if row.name == "Genretagger"}
    assert all(own[codec].value > 0 for codec in ("MP3", "FLAC", "M4A", "Opus", "Ogg", "median"))
    assert own["median"].note == "tracks of 4 s"


def test_an_environment_with_the_same_pins_is_kept(tmp_path):
    pins = tmp_path / "pins.txt"
    pins.write_text("nothing==1\n")
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv" / "pins.txt").write_text("nothing==1\n")
    assert peers_python(tmp_path / "venv", pins=pins) == tmp_path / "venv" / "bin" / "python"


def test_an_environment_that_cannot_be_made_is_a_reason(tmp_path):
    pins = tmp_path / "pins.txt"
    pins.write_text("nothing==1\n")
    (tmp_path / "venv").write_text("a file is in the way")
    with pytest.raises(PeersMissingError, match=r"pins\.txt"):
        peers_python(tmp_path / "venv", pins=pins)


def test_a_program_runs_in_a_process_of_its_own(tmp_path):
    tracks = track.make_tracks(tmp_path, seconds=4)
    heard = track.hear("ours", Path(sys.executable), tracks, warm_up=tracks["FLAC"])
    assert list(heard.seconds) == list(tracks)
    assert all(taken > 0 for taken in (heard.ready_s, heard.first_s, *heard.seconds.values()))
