"""A pipeline without files for tests of the window: it writes tracks into a dictionary."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from genretagger import pipeline
from genretagger.core.errors import (
    DecodeError,
    ExportError,
    TagWriteError,
    TrackRefusedError,
    UnsupportedFormatError,
)
from genretagger.core.events import Failure, Problem, Progress, Stage, TrackAnalysed, TrackFound
from genretagger.core.predictions import Envelope
from genretagger.core.tracks import FileFacts, FileStamp, TrackDetails
from genretagger.core.writes import (
    BatchState,
    BatchSummary,
    WriteResult,
    WriteState,
    WriteStatus,
    WriteSummary,
)
from genretagger.library.export import ExportDone
from genretagger.pipeline import SampleMade
from genretagger.pipeline.exporting import export
from genretagger.pipeline.reviewing import for_review
from tests.helpers.rows import prediction


def _batch_state(written, undone):
    if not undone:
        return BatchState.WRITTEN
    is_all = len(undone) == len(written)
    return BatchState.UNDONE if is_all else BatchState.PARTLY_UNDONE


class FakeCore:
    """Plays the pipeline; it waits for `gate`, if set, before it analyses each track."""

    def __init__(self, tracks, predictions=None, *, gate=None, failures=()):
        self.tracks = {found.path: found for found in tracks}
        self.predictions = predictions or {}
        self.failures = set(failures)
        self.gate = gate
        self.last_asked = None  # the paths of the last analysis, and whether stored results count
        self.control = None  # what the window asks of the last analysis
        self.digests = {}
        self.batches = []
        self.requests = []
        self.policies = []
        self.refuse = set()
        self.fail = set()
        self.linked = {}  # device and inode of files with several names, by path
        self.checked = []
        self.check_gate = None  # where set, waited for before each file is checked
        self.write_gate = None  # a semaphore; where set, acquired for each file that is written
        self.recovered = ()
        self.undo_problem = None  # where set, what an undo tells of besides
        self.made = []  # folders of sample music
        self.sample_error = None  # where set, why it cannot be made
        self.threads = set()
        self.found_details = {}
        self.asked_details = []
        self.asked_envelopes = []
        self.n_dropped = self.n_stopped = 0

    def _note(self):
        import threading

        self.threads.add(threading.get_ident())

    def make_samples(self, folder, *, cancel, complete=False):
        self._note()
        self.made.append(folder)
        yield Progress(Stage.SAMPLES, 0, 1)
        if self.sample_error is not None:
            raise self.sample_error
        yield SampleMade(folder / "a.flac", "no genre")
        yield Progress(Stage.SAMPLES, 1, 1)

    def start(self, folders):
        self._note()
        started = pipeline.start(folders)
        history = self.history(context=started.context)
        return replace(started, recovered=self.recovered, history=history)

    with_settings = staticmethod(pipeline.with_settings)
    read_settings = staticmethod(pipeline.read_settings)
    save_settings = staticmethod(pipeline.save_settings)

    folder_watch = staticmethod(pipeline.folder_watch)

    def analyse_for_review(
        self, paths, *, context, roots, decisions, cancel, control=None, use_cache=True
    ):
        self.control = control
        self.last_asked = (tuple(paths), use_cache)
        events = self.analyse(paths, context=context, cancel=cancel)
        return for_review(events, roots=roots, decisions=decisions)

    def analyse(self, paths, *, context, cancel, use_cache=True):
        self._note()
        for number, found in enumerate(self.tracks.values(), start=1):
            yield TrackFound(found)
            yield Progress(Stage.SCAN, number, 0)
        for number, found in enumerate(list(self.tracks.values()), start=1):
            if self.gate is not None:
                while not self.gate.wait(0.01):
                    if cancel.is_set():
                        return
            while self.control is not None and self.control.paused.is_set():
                if cancel.wait(0.01):
                    return
            if found.path in self.failures:
                error = DecodeError(found.path, "file-unreadable", reason="broken")
                digest = self._digest(found.path)
                yield Failure(found.path, error, found, digest)
            else:
                heard = self.predictions.get(found.path) or prediction()
                yield TrackAnalysed(found, self._digest(found.path), heard)
            yield Progress(Stage.ANALYSE, number, len(self.tracks))

    def _digest(self, path):
        return self.digests.get(path, f"digest-{path.name}")

    def apply(self, requests, *, context, policy, cancel, dry_run=False):
        self._note()
        if dry_run:
            yield from self._rehearse(requests, cancel)
            return
        self.requests += requests
        self.policies.append(policy)
        batch = f"batch-{len(self.batches)}"
        written = {}
        for number, request in enumerate(requests, start=1):
            found = self.tracks[request.path]
            while self.write_gate is not None and not self.write_gate.acquire(timeout=0.01):
                if cancel.is_set():
                    break
            if cancel.is_set():
                break
            if request.path in self.refuse:
                yield replace(self._refused(request.path), batch=batch)
            elif request.path in self.fail:
                reason = TagWriteError(request.path, "write-failed", reason="no luck")
                yield WriteResult(request.path, WriteStatus.FAILED, reason=reason, batch=batch)
            else:
                written[request.path] = found.tags.genres
                self._set(request.path, request.genres)
                yield WriteResult(
                    request.path,
                    WriteStatus.WRITTEN,
                    written[request.path],
                    request.genres,
                    batch=batch,
                    linked=self.linked.get(request.path),
                    size_and_time=self._size_and_time(request.path),
                )
            yield Progress(Stage.APPLY, number, len(requests))
        if written:
            self.batches.insert(0, [batch, written, set()])

    def _rehearse(self, requests, cancel):
        """Tell what `apply` would do; `fail` are files whose failure nobody can foresee."""
        for number, request in enumerate(requests, start=1):
            while self.check_gate is not None and not self.check_gate.wait(0.01):
                if cancel.is_set():
                    return
            self.checked.append(request.path)
            if request.path in self.refuse:
                yield self._refused(request.path)
            else:
                linked = self.linked.get(request.path)
                yield WriteResult(
                    request.path, WriteStatus.WRITTEN, (), request.genres, linked=linked
                )
            yield Progress(Stage.APPLY, number, len(requests))

    def _refused(self, path):
        reason = TrackRefusedError(path, "file-unreadable", reason="locked")
        return WriteResult(path, WriteStatus.REFUSED, reason=reason)

    def undo(self, batch, *, context, cancel, files=()):
        self._note()
        _, written, undone = next(entry for entry in self.batches if entry[0] == batch)
        for path, before in written.items():
            if path in undone or (files and path not in files):
                continue
            now = self.tracks[path].tags.genres
            self._set(path, before)
            undone.add(path)
            state = self._size_and_time(path)
            yield WriteResult(
                path, WriteStatus.RESTORED, now, before, batch=batch, size_and_time=state
            )
        if self.undo_problem is not None:
            yield Problem(self.undo_problem)

    def _size_and_time(self, path):
        """Return what a file on the disk has now, None if there is none."""
        return FileStamp.of(path.stat()).size_and_time if path.exists() else None

    def history(self, *, context):
        self._note()
        return tuple(
            BatchSummary(
                name,
                "2026-01-01T00:00:00Z",
                "fill",
                len(written),
                len(undone),
                _batch_state(written, undone),
            )
            for name, written, undone in self.batches
        )

    def batch_writes(self, batch, *, context):
        self._note()
        _, written, undone = next(entry for entry in self.batches if entry[0] == batch)
        after = {request.path: request.genres for request in self.requests}
        return tuple(
            WriteSummary(
                n,
                path,
                WriteState.UNDONE if path in undone else WriteState.WRITTEN,
                before,
                after[path],
            )
            for n, (path, before) in enumerate(written.items())
        )

    def export_history_table(self, path, *, context):
        self._note()
        if path.exists():
            raise ExportError("export-exists", path=str(path))
        path.write_text("batch,path")
        return ExportDone(path, sum(len(written) for _name, written, _undone in self.batches))

    def export(self, rows, order, *, context):
        self._note()
        return export(rows, order, context=context)

    def read_only_reason(self, found, *, context):
        if found.tags.container == "wav":
            return UnsupportedFormatError(found.path, "format-unknown")
        return None

    def details(self, path, hearing_key, model_id, *, context):
        self._note()
        self.asked_details.append(path)
        found = self.found_details.get(path)
        return TrackDetails(facts=FileFacts()) if found is None else found

    def envelopes(self):
        return self

    def read(self, path):
        self._note()
        self.asked_envelopes.append(path)
        return Envelope(np.linspace(0, 1, 800, dtype=np.float32), 3.0)

    def drop(self):
        self.n_dropped += 1

    def stop(self):
        self.n_stopped += 1

    def _set(self, path, genres):
        found = self.tracks[path]
        self.tracks[path] = replace(found, tags=replace(found.tags, genres=tuple(genres)))
