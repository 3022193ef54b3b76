"""What every job of the pipeline works with."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from genretagger.core.errors import Cancelled

if TYPE_CHECKING:
    from genretagger.core.resources import UserFolders
    from genretagger.core.settings import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """What a job works with: the user's folders and one frozen value of the settings."""

    folders: UserFolders
    settings: Settings


def check(cancel: threading.Event) -> None:
    """Raise if a stop was asked for.

    Raises
    ------
    Cancelled
        It was.
    """
    if cancel.is_set():
        raise Cancelled
