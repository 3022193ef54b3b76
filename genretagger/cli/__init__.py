"""The command line: a contract that scripts rely on (docs/manual/command-line.md).

Results go to standard output, everything else to standard error, and the exit status says how it
went (`exit_status`).
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from genretagger.cli.exit_status import ExitStatus
from genretagger.cli.options import parse_options
from genretagger.cli.output import HalfDoneError, OutputError, say
from genretagger.core.errors import Cancelled, GenreTaggerError
from genretagger.core.resources import UserFolders, user_folders

if TYPE_CHECKING:
    import argparse

_STATUS: Final[dict[int, ExitStatus]] = {
    signal.SIGINT: ExitStatus.STOPPED,
    signal.SIGTERM: ExitStatus.TERMINATED,
}


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand and return the exit status."""
    _replace_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    folders = user_folders()
    stop = _Stop()
    try:
        options = parse_options(arguments)
        with stop.on_signals():
            return _run(options, folders=folders, cancel=stop.cancel)
    except (Cancelled, KeyboardInterrupt):
        say("Stopped; what was done so far is kept.")
        return stop.status
    except OutputError as error:
        say(f"Stopped, because the output cannot be written ({error}); what was done is kept.")
        return ExitStatus.SOME_FAILED
    except HalfDoneError as error:
        say(str(error))
        return ExitStatus.SOME_FAILED
    except GenreTaggerError as error:
        say(str(error))
        return ExitStatus.NOT_STARTED


def _replace_closed_streams() -> None:
    """Take the place of standard streams that whoever started the program has closed.

    Else the next file would get their number, and what C libraries say would go into it. Standard
    error goes nowhere then; what needs one of the others fails (`sys` has None).
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest that is free
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _run(options: argparse.Namespace, *, folders: UserFolders, cancel: threading.Event) -> int:
    """Run the subcommand; only now is loaded what neither the help nor the version needs."""
    from genretagger.core.logs import start_logging

    if options.command != "demo":  # the demo leaves no files behind
        start_logging(folders, debug=options.debug)
    if options.command == "settings":  # must work with a damaged settings file
        from genretagger.cli.settings import run_settings

        return run_settings(options, path=folders.settings)
    if options.command == "report":  # damaged settings may be what is reported
        from genretagger.bugreport.report import make_report
        from genretagger.cli.output import print_line

        for line in make_report(folders, shows_names=options.names).splitlines():
            print_line(line)
        return ExitStatus.OK
    from genretagger.cli.commands import run_command
    from genretagger.core.settings_file import load_settings
    from genretagger.pipeline import Context

    context = Context(folders, load_settings(folders.settings))
    return run_command(options, context=context, cancel=cancel)


class _Stop:
    """A stop that a signal asks for: Ctrl-C, or SIGTERM of whoever ends programs.

    Attributes
    ----------
    cancel : threading.Event
        Set by the first signal.
    status : ExitStatus
        That of a program which was stopped: 128 and the number of the signal, as in a shell.
    """

    def __init__(self) -> None:
        self.cancel = threading.Event()
        self.status = ExitStatus.STOPPED

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Let the first signal ask for a stop between two files, and the second stop at once."""
        previous = {number: signal.signal(number, self._on_signal) for number in _STATUS}
        try:
            yield
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: object) -> None:
        if self.cancel.is_set():
            raise KeyboardInterrupt
        self.status = _STATUS[number]
        self.cancel.set()
