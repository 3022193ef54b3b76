"""The connection to a Dask scheduler: opened, its workers checked, closed."""

from __future__ import annotations

import logging
import os
import pkgutil
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import dask
from distributed import Client, LocalCluster, __version__

from genretagger.analysis.processes import ctrl_c_held_back
from genretagger.core.errors import ClusterError, UnfitWorkerError
from genretagger.pipeline.cluster.on_worker import (
    WorkerNeeds,
    end_processes,
    find_fault,
    worker_label,
)

LOCAL: Final = "local"
_LOG = logging.getLogger(__name__)
_ANSWER_WITHIN_S = 10
_VERSION: Final = "genretagger:__version__"
_MOST_WITNESSES = 8
# Where Dask prints to the user's terminal by default (distributed.config).
_LOGS = ("distributed", "distributed.client", "distributed.gc", "tornado", "tornado.application")
_QUIET: Final = {f"DASK_LOGGING__{name.upper()}": "critical" for name in ("distributed", "tornado")}


class ClusterConnection:
    """A client of a scheduler, and what the workers must have.

    Attributes
    ----------
    address : str
        As the user gave it.
    client : distributed.Client
    needs : WorkerNeeds
    """

    def __init__(self, address: str, client: Client, witnesses: Sequence[Path]) -> None:
        self.address = address
        self.client = client
        self.needs = WorkerNeeds.of_this_program()
        self._witnesses = tuple(witnesses)

    def is_open(self) -> bool:
        """Return whether the scheduler is connected."""
        return bool(self.client.status == "running")

    def n_threads(self) -> int:
        """Return how many tasks the workers run at once."""
        return sum(self.client.nthreads().values())

    def lost(self) -> ClusterError:
        """Return the error for a scheduler that went away."""
        return ClusterError("cluster-lost", address=self.address)

    def send_away(self, address: str) -> None:
        """Have the scheduler close a worker that cannot do the work."""
        self.client.retire_workers([address])

    def unfit_workers(self) -> list[UnfitWorkerError]:
        """Return why workers cannot do the work: the faults of those that have one."""
        faults = []
        same = []
        for address, version in self._ask(pkgutil.resolve_name, _VERSION).items():
            if version == self.needs.version:
                same.append(address)
            else:
                faults.append(self._fault_of_version(address, version))
        answers = self._ask(find_fault, self.needs, self._witnesses, workers=same)
        for address, answer in answers.items():
            if isinstance(answer, UnfitWorkerError):
                faults.append(answer)
            elif answer is not None:  # what Genretagger needs is not installed there
                _LOG.info("worker %s: %r", address, answer)
                faults.append(self._fault_of_version(address, None))
        return faults

    def _ask(self, question: Callable[..., object], *args: object, **named: Any) -> dict[str, Any]:
        """Return the answers of workers by their addresses; an exception counts as an answer."""
        answers = self.client.run(question, *args, on_error="return", **named)
        # A worker that has just ended does not answer, and is none that cannot do the work.
        return {address: a for address, a in answers.items() if not isinstance(a, OSError)}

    def _fault_of_version(self, address: str, version: object) -> UnfitWorkerError:
        workers = self.client.scheduler_info(n_workers=-1)["workers"]
        worker = worker_label(workers.get(address, {}).get("name"), address)
        if not isinstance(version, str):
            return UnfitWorkerError("cluster-worker-without", worker=worker, address=address)
        return UnfitWorkerError(
            "cluster-worker-version",
            worker=worker,
            address=address,
            version=version,
            needed=self.needs.version,
        )

    def check(self) -> None:
        """Compare versions, and let each worker look for the model and the music.

        Raises
        ------
        ClusterError
            The scheduler or a worker cannot be used; the sentence names it.
        """
        self._check_versions()
        faults = self.unfit_workers()
        for fault in faults:
            _LOG.info("%s", fault)
        if faults:
            key, values = faults[0].key, faults[0].values
            names = [str(fault.values["worker"]) for fault in faults if fault.key == key]
            raise ClusterError(key, **{**values, "worker": ", ".join(sorted(names))})

    def _check_versions(self) -> None:
        """Require one version of Dask everywhere, and Genretagger on the scheduler too.

        The scheduler loads the tasks (Dask, "Consistent software environments").
        """
        answers = self.client.get_versions()
        for address, answer in {self.address: answers["scheduler"], **answers["workers"]}.items():
            version = answer["packages"]["distributed"]
            if version != __version__:
                raise ClusterError(
                    "cluster-dask-version", worker=address, version=version, needed=__version__
                )
        try:
            program: object = self.client.run_on_scheduler(pkgutil.resolve_name, _VERSION)
        except Exception:  # noqa: BLE001 - whatever hinders the scheduler from loading Genretagger
            program = None
        if program != self.needs.version:
            raise self._fault_of_version(self.address, program)


@contextmanager
def connect(address: str, *, paths: Sequence[Path], n_local: int) -> Iterator[ClusterConnection]:
    """Connect to the scheduler at `address`; "local" starts one here with `n_local` workers.

    Each worker must see a part of `paths`.

    Raises
    ------
    ClusterError
        No scheduler answers, or it or a worker cannot be used.
    ModelError
        No model is bundled.
    """
    with ExitStack() as opened:
        cluster: Any = address
        if address == LOCAL:
            cluster = opened.enter_context(_local_cluster(n_local))
        else:
            _log_to_file()
        client = opened.enter_context(_client(cluster, address))
        connection = ClusterConnection(address, client, _witnesses(paths))
        connection.check()
        try:
            yield connection
        finally:
            if address == LOCAL:  # elsewhere others may use the workers
                client.run(end_processes, on_error="ignore")


@contextmanager
def _local_cluster(n_workers: int) -> Iterator[LocalCluster]:
    """Start a scheduler and workers that listen on this machine only, without a dashboard."""
    _log_to_file()
    with (
        ctrl_c_held_back(),  # its processes inherit that, and those that replace them
        dask.config.set({"distributed.nanny.pre-spawn-environ": _QUIET}),
    ):
        cluster = LocalCluster(
            n_workers=n_workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            # Its page of health cannot be left out; any free port of this machine will do.
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
            worker_dashboard_address=None,
            silence_logs=False,
        )
    with closing(cluster):
        yield cluster


class QuietClient(Client):  # type: ignore[misc] # of an untyped package
    """A client that is closed by its owner only.

    Dask's own closes itself again when it is collected; if it never connected, that takes 20 s and
    prints a traceback.
    """

    def __del__(self) -> None:
        """Do nothing."""


@contextmanager
def _client(cluster: Any, address: str) -> Iterator[Client]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of other versions, which `check` names in a sentence
        try:
            client = QuietClient(cluster, timeout=_ANSWER_WITHIN_S, set_as_default=False)
        except (OSError, ValueError, TypeError, RuntimeError) as error:  # also from TLS
            raise ClusterError("cluster-unreachable", address=address) from error
    try:
        yield client
    finally:
        with suppress(OSError):  # the scheduler is gone
            client.close(timeout=_ANSWER_WITHIN_S)


def _log_to_file() -> None:
    """Let Dask's warnings go to the log of the program instead of the terminal."""
    program = logging.getLogger("genretagger")
    for name in _LOGS:
        log = logging.getLogger(name)
        log.handlers = program.handlers
        log.propagate = False
        log.setLevel(logging.WARNING)


def _witnesses(paths: Sequence[Path]) -> list[Path]:
    """Return a few files or folders in `paths`: an empty mount point shows none of them."""
    witnesses = []
    for path in list(paths)[:_MOST_WITNESSES]:
        witness = path.absolute()
        with suppress(OSError), os.scandir(witness) as entries:
            witness = next((witness / entry.name for entry in entries), witness)
        witnesses.append(witness)
    return witnesses
