"""The training: it learns, and a run that was broken off ends as one that was not."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from genretagger.training.student.bank import StudentError
from genretagger.training.student.distilling import CHECKPOINT_FILE, Distiller, Schedule

SCHEDULE = Schedule(n_passes=3, n_bank=2, learning_rate=0.01)


@pytest.fixture(scope="module")
def begin(bank, targets, start, tmp_path_factory):
    """Return a function that makes a distiller, at the start or where its folder left it."""
    folders = tmp_path_factory.mktemp("students")

    def make(folder, schedule=SCHEDULE, origin="made up"):
        return Distiller(
            bank,
            targets=targets,
            start=start,
            schedule=schedule,
            folder=folders / folder,
            origin=origin,
        )

    return make


@pytest.fixture(scope="module")
def finished(begin):
    distiller = begin("finished")
    distiller.run()
    return distiller


def weights_of(distiller):
    return [values for part in distiller.network.parts for values in part.get_weights()]


def test_a_run_that_was_broken_off_ends_as_one_that_was_not(begin, finished, monkeypatch):
    broken_off = begin("broken off")
    run_pass = Distiller._run_pass

    def stop_in_the_last(self, index, step):
        losses = run_pass(self, index, step)
        if index == 2:  # trained, and not saved
            raise KeyboardInterrupt
        return losses

    monkeypatch.setattr(Distiller, "_run_pass", stop_in_the_last)
    with pytest.raises(KeyboardInterrupt):
        broken_off.run()
    monkeypatch.undo()
    again = begin("broken off")
    assert again.n_done == 2
    again.run()
    for first, second in zip(weights_of(finished), weights_of(again), strict=True):
        np.testing.assert_array_equal(first, second)


def test_the_student_comes_to_answer_as_the_teachers(begin, capsys):
    distiller = begin("learning", replace(SCHEDULE, n_passes=60))
    distiller.run()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 60
    losses = [float(re.search(r"loss ([\d.]+) of excerpts", line)[1]) for line in lines]
    assert losses[-1] < 0.6 * losses[0]
    assert lines[-1].endswith("60 of 60, 0 min left")


def test_a_finished_run_does_nothing_more(begin, finished, capsys):
    again = begin("finished")
    assert again.n_done == 3
    again.run()
    assert capsys.readouterr().err == ""
    for first, second in zip(weights_of(finished), weights_of(again), strict=True):
        np.testing.assert_array_equal(first, second)


def test_another_seed_makes_another_student(begin):
    # What is taught on is the same; the heads are drawn.
    first, second = begin("one"), begin("two", replace(SCHEDULE, seed=2))
    assert not np.array_equal(weights_of(first)[-2], weights_of(second)[-2])


@pytest.mark.parametrize(
    "other", [{"origin": "of other audio"}, {"schedule": replace(SCHEDULE, n_passes=5)}]
)
def test_the_checkpoint_of_another_training_is_refused(begin, finished, other):
    with pytest.raises(StudentError, match=r"checkpoint\.npz is not of this run"):
        begin("finished", **other)


def test_a_damaged_checkpoint_is_refused(begin, tmp_path):
    path = tmp_path / "damaged" / CHECKPOINT_FILE
    path.parent.mkdir()
    path.write_bytes(b"PK no archive")
    with pytest.raises(StudentError, match="is not of this run"):
        begin(tmp_path / "damaged")


def test_passes_of_the_bank_are_taken_in_turn():
    plan = Schedule(n_passes=7, n_bank=3).plan()
    assert len(plan) == 7
    assert sorted(plan[:3]) == sorted(plan[3:6]) == [0, 1, 2]
    assert plan == Schedule(n_passes=7, n_bank=3).plan()


def test_steps_are_of_one_size_and_fewer_excerpts_are_one_step():
    schedule = Schedule(n_passes=1, n_bank=1, n_excerpts=3)
    steps = schedule.split(np.array([6, 5, 4, 3, 2, 1, 0]))
    assert [step.tolist() for step in steps] == [[4, 5, 6], [1, 2, 3]]
    assert [step.tolist() for step in schedule.split(np.array([1, 0]))] == [[0, 1]]
