"""Trains the student on the bank, pass after pass, with a checkpoint behind each.

Its weights, its optimiser and the state of its dropout are in the checkpoint, and the order of
excerpts follows from the seed and the number of the pass: a run that was broken off goes on to the
result that it would have had.
"""

from __future__ import annotations

import hashlib
import sys
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from genretagger.core.errors import shown
from genretagger.training.model.back_end import BackEnd
from genretagger.training.student.bank import BankPass, StudentError
from genretagger.training.student.network import StudentNetwork, build_network
from genretagger.training.student.progress import describe_rest
from genretagger.training.student.targets import THIRDS, WHOLE, Targets

CHECKPOINT_FILE: Final = "checkpoint.npz"
_HUBER: Final = 1.5  # errors beyond this count linearly (Huber 1964)
_N_DONE: Final = "n_done"
_ORIGIN: Final = "origin"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every choice of the training.

    n_passes : passes over the audio; the learning rate falls to its end over all of them
    n_bank : passes that the bank holds, taken in turn, each time in another order
    n_excerpts : in a step, of ten segments each
    dropout : share of the pooled values that is left out at each step
    """

    n_passes: int
    n_bank: int
    seed: int = 1
    n_excerpts: int = 8
    learning_rate: float = 1e-3
    warm_up_steps: int = 300
    weight_decay: float = 0.05
    dropout: float = 0.3

    def plan(self) -> Sequence[int]:
        """Return the pass of the bank for each pass of the training."""
        random = np.random.default_rng([self.seed, 0])
        n_rounds = -(-self.n_passes // self.n_bank)
        rounds = [random.permutation(self.n_bank) for _ in range(n_rounds)]
        return [int(number) for number in np.concatenate(rounds)[: self.n_passes]]

    def split(self, order: NDArray[np.int64]) -> Sequence[NDArray[np.int64]]:
        """Return the excerpts of each step, sorted; what fills no step is left out.

        Parameters
        ----------
        order : np.ndarray [int64, shape=(n,)]
            The excerpts of a pass, as they are to be heard; at least one.
        """
        size = min(self.n_excerpts, len(order))
        starts = range(0, len(order) - size + 1, size)
        return [np.sort(order[start : start + size]) for start in starts]


class Distiller:
    """A student in training, at the start or where its checkpoint left it.

    Parameters
    ----------
    bank : Path
        Folder of the passes.
    targets : Targets
        What is learned of them.
    start : (keras.Model, BackEnd)
        The front, and what is taught on behind it.
    schedule : Schedule
        Every choice of the training.
    folder : Path
        Where the checkpoint is.
    origin : str
        A digest of what the bank was made of.

    Raises
    ------
    StudentError
        The checkpoint is of another training.
    """

    def __init__(
        self,
        bank: Path,
        *,
        targets: Targets,
        start: tuple[keras.Model, BackEnd],
        schedule: Schedule,
        folder: Path,
        origin: str,
    ) -> None:
        self._bank, self._targets, self._schedule = bank, targets, schedule
        self._checkpoint = folder / CHECKPOINT_FILE
        choices = f"{origin} {schedule}"
        self._origin = hashlib.sha256(choices.encode()).hexdigest()
        self._plan = schedule.plan()
        keras.utils.set_random_seed(schedule.seed)
        self._weights = targets.weigh(WHOLE), targets.weigh(THIRDS)
        self.network: StudentNetwork = build_network(
            *start,
            n_whole=self._weights[0].size,
            n_thirds=self._weights[1].size,
            dropout=schedule.dropout,
        )
        self._optimizer = self._make_optimizer()
        self.n_done = self._restore()

    def run(self) -> None:
        """Train to the end; save a checkpoint and report on standard error after each pass."""
        step = tf.function(self._step)
        started, first = time.monotonic(), self.n_done
        for index in range(first, len(self._plan)):
            losses = self._run_pass(index, step)
            self.n_done = index + 1
            self._save()
            rest = describe_rest(
                time.monotonic() - started,
                done=self.n_done - first,
                all_=len(self._plan) - first,
            )
            print(
                f"student: pass {self.n_done} of {len(self._plan)}, loss {losses[0]:.4f} of"
                f" excerpts and {losses[1]:.4f} of thirds; {rest}",
                file=sys.stderr,
                flush=True,
            )

    def _run_pass(self, index: int, step: Any) -> tuple[float, float]:
        """Train on one pass of the bank; return the means of both losses."""
        heard = BankPass.open(self._bank, self._plan[index])
        whole, thirds = self._targets.compute(heard)
        random = np.random.default_rng([self._schedule.seed, 1 + index])
        losses = []
        for chosen in self._schedule.split(random.permutation(len(heard))):
            values = step(heard.read_segments(chosen), whole[chosen], thirds[chosen])
            losses.append([float(value) for value in values])
        of_excerpts, of_thirds = np.mean(losses, axis=0)
        return float(of_excerpts), float(of_thirds)

    def _step(self, segments: Any, whole: Any, thirds: Any) -> tuple[Any, Any]:
        variables = self._variables
        with tf.GradientTape() as tape:
            outputs = self.network.predict(segments)
            losses = [
                _weighted_loss(output - target, weights)
                for output, target, weights in zip(
                    outputs, (whole, thirds), self._weights, strict=True
                )
            ]
            loss = losses[0] + losses[1]
        self._optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        return losses[0], losses[1]

    @property
    def _variables(self) -> list[Any]:
        return [variable for part in self.network.parts for variable in part.trainable_variables]

    def _make_optimizer(self) -> keras.optimizers.Optimizer:
        """Return AdamW with a warm-up and a cosine (Loshchilov and Hutter 2017 and 2019)."""
        schedule = self._schedule
        sizes = [len(BankPass.open(self._bank, number)) for number in self._plan]
        n_steps = sum(len(schedule.split(np.arange(size))) for size in sizes)
        rate = keras.optimizers.schedules.CosineDecay(
            1e-5,
            n_steps,
            warmup_target=schedule.learning_rate,
            warmup_steps=max(1, min(schedule.warm_up_steps, n_steps // 10)),
            alpha=0.01,
        )
        optimizer = keras.optimizers.AdamW(rate, weight_decay=schedule.weight_decay)
        optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
        optimizer.build(self._variables)
        return optimizer

    def _state(self) -> list[Any]:
        """Return all variables that the next step depends on."""
        parts = (*self.network.parts, self._optimizer)
        return [variable for part in parts for variable in part.variables]

    def _save(self) -> None:
        arrays = {f"{index:04}": np.asarray(state) for index, state in enumerate(self._state())}
        self._checkpoint.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._checkpoint.with_suffix(".tmp")
        with unfinished.open("wb") as stream:
            np.savez(stream, **{_N_DONE: self.n_done, _ORIGIN: self._origin}, **arrays)  # type: ignore[arg-type]
        unfinished.replace(self._checkpoint)

    def _restore(self) -> int:
        """Take the state of the checkpoint, if there is one; return how many passes are done."""
        if not self._checkpoint.exists():
            return 0
        try:
            with self._checkpoint.open("rb") as stream, np.load(stream) as stored:
                if str(stored[_ORIGIN]) != self._origin:
                    raise StudentError("student-work-foreign", path=shown(self._checkpoint))
                for index, state in enumerate(self._state()):
                    state.assign(stored[f"{index:04}"])
                return int(stored[_N_DONE])
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise StudentError("student-work-foreign", path=shown(self._checkpoint)) from error


def _weighted_loss(errors: Any, weights: NDArray[np.float32]) -> Any:
    """Return the mean over excerpts of the weighted Huber loss of the targets."""
    size = tf.abs(errors)
    losses = tf.where(size < _HUBER, size**2, 2 * _HUBER * size - _HUBER**2)
    return tf.reduce_mean(tf.reduce_sum(losses * weights, axis=-1))
