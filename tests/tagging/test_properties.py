"""Any sequence of apply, edit-by-others and undo: the journal says what the files hold."""

import os
import shutil
import signal
import tempfile
import threading
from pathlib import Path

import mutagen
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from mutagen.id3 import TIT2
from mutagen.mp4 import MP4

from genretagger.core.writes import BatchState, Policy, WriteRequest, WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.disk import fs
from genretagger.tagging.journal import report
from genretagger.tagging.writing import recovery
from tests.helpers import tagged_files, write_helpers
from tests.helpers.samples import pcm_digest

# A killed process leaves a cut record, and that is logged.
pytestmark = pytest.mark.logs_warnings

NEVER = threading.Event()
MEMORY = Path("/dev/shm")  # where fsync costs nothing
STATES = ("mp3 2.3 and v1", "flac genre", "m4a without genre", "ogg genre")
GENRES = st.sampled_from(["Blues", "Grüße", "Hip-Hop", "Jazz"])
NAMES = st.sampled_from(range(len(STATES)))


def retitled(path, title):
    file = mutagen.File(path)
    if path.suffix == ".mp3":
        file.tags.add(TIT2(encoding=3, text=[title]))
        file.save(v2_version=file.tags.version[1])
    else:
        file["\xa9nam" if isinstance(file, MP4) else "title"] = [title]
        file.save()


class Standing:
    """A write that was done and not undone, and the file as it was before."""

    def __init__(self, path, result, before):
        self.path, self.result, self.before = path, result, before
        self.touched = False


class Library(RuleBasedStateMachine):
    """Some files, a journal, and what a faithful bookkeeper would know of them."""

    def __init__(self):
        super().__init__()
        parent = MEMORY if os.access(MEMORY, os.W_OK) else None
        self.folder = Path(tempfile.mkdtemp(prefix="genretagger-properties-", dir=parent))
        self.music, self.journal = self.folder / "music", self.folder / "journal"
        self.music.mkdir()
        self.standing = []

    @initialize()
    def fill(self):
        self.paths = []
        for number, state in enumerate(STATES):
            made = tagged_files.make(state, self.folder)
            self.paths.append(made.rename(self.music / f"{number}{made.suffix}"))
        self.sound = [pcm_digest(path) for path in self.paths]
        self.others = [tagged_files.plain_others(path) for path in self.paths]

    def teardown(self):
        shutil.rmtree(self.folder)

    def write(self, requests, policy):
        return write_helpers.write_all(self.journal, *requests, policy=policy)

    @rule(names=st.sets(NAMES, min_size=1), genre=GENRES, policy=st.sampled_from(Policy))
    def apply(self, names, genre, policy):
        paths = [self.paths[name] for name in sorted(names)]
        before = {path: path.read_bytes() for path in paths}
        for result in self.write([WriteRequest(path, (genre,)) for path in paths], policy):
            if result.status is WriteStatus.WRITTEN:
                self.standing.append(Standing(result.path, result, before[result.path]))
                assert containers.read(result.path).genres == result.after
            else:
                assert result.path.read_bytes() == before[result.path]

    @rule(name=NAMES, title=st.text("abcü", max_size=40))
    def another_program_changes_the_title(self, name, title):
        retitled(self.paths[name], title or "x")
        self.touch(name)

    @rule(name=NAMES)
    def another_program_changes_the_genre(self, name):
        path = self.paths[name]
        file = mutagen.File(path)
        if path.suffix == ".mp3":
            file.tags.delall("TCON")
            file.save(v2_version=file.tags.version[1])
        else:
            file["\xa9gen" if isinstance(file, MP4) else "genre"] = ["Foreign"]
            file.save()
        self.touch(name)

    def touch(self, name):
        path = self.paths[name]
        self.others[name] = tagged_files.plain_others(path)
        for write in self.standing:
            write.touched = write.touched or write.path == path

    @rule(data=st.data())
    def undo(self, data):
        batches = sorted({write.result.batch for write in self.standing})
        batch = data.draw(st.sampled_from([None, *batches]))
        self.judge(write_helpers.undo_each(self.journal, batch))

    def judge(self, results):
        before = {path: path.read_bytes() for path in self.paths}
        for result in results:
            if result.status is not WriteStatus.RESTORED:
                assert result.path.read_bytes() == before[result.path]
                continue
            before[result.path] = result.path.read_bytes()
            write = next(
                write
                for write in reversed(self.standing)
                if (write.path, write.result.batch) == (result.path, result.batch)
            )
            self.standing.remove(write)
            assert containers.read(write.path).genres == write.result.before
            if not write.touched:
                assert write.path.read_bytes() == write.before

    @rule(name=NAMES, genre=GENRES, step=st.sampled_from(["create", "replace", "append", "sync"]))
    def the_program_is_killed_while_it_writes(self, name, genre, step):
        path, before = self.paths[name], self.paths[name].read_bytes()
        child = os.fork()
        if not child:
            setattr(fs, step, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
            self.write([WriteRequest(path, (genre,))], Policy.REPLACE)
            os._exit(0)
        os.waitpid(child, 0)
        recovery.recover(self.journal)
        assert path.read_bytes() == before

    @invariant()
    def the_history_tells_the_truth(self):
        summaries = report.summarise_batches(self.journal) if self.journal.is_dir() else ()
        assert sum(s.written - s.undone for s in summaries) == len(self.standing)
        assert all(s.state is not BatchState.INTERRUPTED or s.damaged for s in summaries)

    @invariant()
    def nothing_but_genres_changed(self):
        assert sorted(self.music.iterdir()) == sorted(self.paths)
        for path, sound, others in zip(self.paths, self.sound, self.others, strict=True):
            assert pcm_digest(path) == sound
            assert tagged_files.plain_others(path) == others


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_any_sequence_of_apply_edits_by_others_and_undo_keeps_the_journal_true(runs):
    n_sequences = runs(15, 1000)
    Library.TestCase.settings = settings(
        max_examples=n_sequences,
        stateful_step_count=12,
        deadline=None,
        database=None,
        derandomize=n_sequences == 15,
        suppress_health_check=list(HealthCheck),
    )
    Library.TestCase().runTest()
