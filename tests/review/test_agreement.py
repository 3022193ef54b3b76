"""The preview foretells what the writer does, on real files."""

from __future__ import annotations

from dataclasses import replace

import mutagen
import pytest
from mutagen.id3 import ID3, TCON, TIT2

from genretagger.core.events import TrackAnalysed
from genretagger.core.predictions import GenreScore, Level, Prediction
from genretagger.core.settings import Settings
from genretagger.core.tracks import FileStamp, Track
from genretagger.core.writes import Action, Decision, Policy, WriteRequest, WriteStatus
from genretagger.review.rows import decisions, pending_changes
from genretagger.review.rows.pending_changes import Effect
from genretagger.review.rows.row_events import apply_analysis, make_row
from genretagger.tagging import containers
from tests.helpers import write_helpers
from tests.helpers.samples import encode

EFFECTS = {
    WriteStatus.WRITTEN: {Effect.WRITE},
    WriteStatus.UNCHANGED: {Effect.NOTHING},
    WriteStatus.SKIPPED: {Effect.SKIP, Effect.NOTHING},  # it has a genre, maybe this one
}


@pytest.fixture(scope="module")
def song(tmp_path_factory):
    path = tmp_path_factory.mktemp("agreement") / "a.mp3"
    encode(path, seconds=1, frequencies_hz=(220.0,), metadata={})
    return path


def _row(song, version, stored):
    """Return the row of a song after `stored` is put into its tag."""
    tags = ID3()
    tags.add(TIT2(encoding=3, text=["A"]))
    if stored:
        tags.add(TCON(encoding=3, text=list(stored)))
    mutagen.File(song).delete()
    tags.save(song, v2_version=version)
    track = Track(song, containers.read(song), FileStamp.of(song.stat()))
    heard = Prediction("rock", 0.9, (GenreScore("rock", 0.9),), (), None, Level.HIGH, "m")
    return apply_analysis(make_row(track, separator="/"), TrackAnalysed(track, "digest", heard))


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("version", [3, 4])
@pytest.mark.parametrize(
    "stored",
    [(), ("Rock",), ("Rock/Blues",), ("blues",), ("Rock", "Blues"), ("Pop",), ("Indie Rock",)],
)
@pytest.mark.parametrize("typed", ["Rock", "Rock; Blues", "Blues; blues"])
@pytest.mark.parametrize("protected", [(), ("rock",), ("Pop", "Blues")])
def test_the_preview_promises_what_the_writer_does(song, policy, version, stored, typed, protected):
    heard, genres = _row(song, version, stored), decisions.parse_genres(typed)
    for is_chosen in (False, True):
        decision = Decision(Action.ACCEPT, genres, chosen=is_chosen)
        row = decisions.with_decision(heard, decision, error=None)
        promised = pending_changes.propose_change(row, policy, protected=protected)
        request = WriteRequest(
            song, row.suggested, current_genres=promised.before, policy=decision.policy
        )
        settings = Settings(protected_genres=protected)
        done = write_helpers.dry_run(request, policy=policy, settings=settings)
        assert promised.effect in EFFECTS[done.status]
        assert (promised.before, promised.after) == (done.before, done.after)


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("version", [3, 4])
@pytest.mark.parametrize("protected", [(), ("hip hop",), ("Live",)])
def test_other_spellings_are_written_as_previewed_whatever_the_policy(
    song, policy, version, protected
):
    row = decisions.respelled(_row(song, version, ("hip hop", "Live")), ("Hip-Hop", "Live"))
    promised = pending_changes.propose_change(row, policy, protected=protected)
    (request,) = pending_changes.make_requests([replace(promised, effect=Effect.WRITE)])
    request = replace(request, audio_digest=None)  # of no sound
    settings = Settings(protected_genres=protected)
    done = write_helpers.dry_run(request, policy=policy, settings=settings)
    is_kept = protected == ("hip hop",)
    assert done.status is (WriteStatus.UNCHANGED if is_kept else WriteStatus.WRITTEN)
    assert (promised.before, promised.after) == (done.before, done.after)
