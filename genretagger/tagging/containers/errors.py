"""Translate the errors of mutagen and `layout` into ours, which name the file."""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mutagen import MutagenError

from genretagger.core.errors import (
    GenreTaggerError,
    TagLibraryBugError,
    TagReadError,
    TrackRefusedError,
    shown,
)
from genretagger.tagging.containers.mutagen_internals import unpacking_limited
from genretagger.tagging.layout import LayoutError, TooLargeError

_LOG = logging.getLogger(__name__)


@contextmanager
def translate_errors(path: Path, *, key: str = "tags-unreadable") -> Iterator[None]:
    """Translate what mutagen and `layout` raise; an OSError passes, even one that mutagen wrapped.

    Mutagen's text goes to the log; `key` names the message for the user.

    Raises
    ------
    TagReadError
        The tags do not parse or the file is cut off.
    TrackRefusedError
        The tags would become larger than their container allows.
    TagLibraryBugError
        Mutagen failed in a way that it does not document.
    """
    try:
        with unpacking_limited():
            yield
    except GenreTaggerError:
        raise
    except OSError as error:
        _require_damage(error)
        raise TagReadError(path, key) from error
    except TooLargeError as error:
        raise TrackRefusedError(path, "tag-too-large") from error
    except LayoutError as error:
        raise TagReadError(path, "layout-broken", part=error.part) from error
    except MutagenError as error:
        if error.args and isinstance(error.args[0], OSError):
            _require_damage(error.args[0])
        _LOG.debug("the tags of %s", shown(path), exc_info=True)
        raise TagReadError(path, key) from error
    # Damaged tags make mutagen raise anything from IndexError to OverflowError.
    except Exception as error:
        _LOG.debug("the tags of %s", shown(path), exc_info=True)
        raise TagLibraryBugError(path, "tag-library-bug", reason=repr(error)) from error


def _require_damage(error: OSError) -> None:
    """Raise an error of the disk; a seek before the file's start is damage of the tags instead."""
    if error.errno != errno.EINVAL:
        raise error
