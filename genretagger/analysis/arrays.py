"""Reads arrays from untrusted `.npz` files: checks size and type before it allocates anything."""

from __future__ import annotations

import io
import math
import tokenize
import zipfile
import zlib
from collections.abc import Collection
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_HEADER_BYTES: Final = 10_000
# All exceptions that zipfile, NumPy's header and json raise for invalid bytes.
UNREADABLE: Final = (
    *(ValueError, TypeError, KeyError, EOFError, OSError, RecursionError, MemoryError),
    *(SyntaxError, NotImplementedError, RuntimeError, OverflowError),
    *(zipfile.BadZipFile, zlib.error, tokenize.TokenError),
)


def read_array(
    archive: zipfile.ZipFile,
    name: str,
    *,
    kind: type[Any],
    n_axes: Collection[int],
    largest_bytes: int,
) -> NDArray[Any]:
    """Return an array, whose header must match the number of bytes.

    Raises one of `UNREADABLE` if it is larger, or of another kind.
    """
    with archive.open(f"{name}.npy") as stream:
        content = stream.read(largest_bytes + 1)  # never unpacks a whole zip bomb
    if len(content) > largest_bytes:
        raise ValueError(f"{name} is too large")
    header = io.BytesIO(content)
    if np.lib.format.read_magic(header) != (1, 0):
        raise ValueError(f"{name} is of an unknown kind")
    shape, is_fortran, found = np.lib.format.read_array_header_1_0(header, _HEADER_BYTES)
    expected = np.dtype(kind)
    values = content[header.tell() :]
    if is_fortran or found != expected or len(shape) not in n_axes:
        raise ValueError(f"{name} is of the wrong kind")
    if min(shape) < 0 or math.prod(shape) * expected.itemsize != len(values):
        raise ValueError(f"{name} does not have the size that it claims")
    return np.frombuffer(values, expected).reshape(shape)
