"""The context of every job of the pipeline: folders and settings."""

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
    """The user's folders and the settings, which stay the same during a job."""

    folders: UserFolders
    settings: Settings


def check(cancel: threading.Event) -> None:
    """Stop the job if the user asked for it.

    Raises
    ------
    Cancelled
        `cancel` was set.
    """
    if cancel.is_set():
        raise Cancelled
