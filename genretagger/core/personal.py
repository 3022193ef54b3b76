"""Values of learning the user's own genres: names, examples and the report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from genretagger.core.predictions import Threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Cross-validation over artists cannot judge a genre with fewer tracks or artists than these ...
LEAST_TRACKS: Final = 5
LEAST_ARTISTS: Final = 3
# ... and can hardly judge one with fewer artists than this.
ENOUGH_ARTISTS: Final = 10
LONGEST_NAME: Final = 60  # of four bytes each; a file name has 255 bytes, suffix included
_NAME: Final = re.compile(r"[\w+&()](?:[\w+&() .-]*[\w+&()-])?")
# Names of devices in Windows, with any suffix.
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def is_name(text: str) -> bool:
    """Return whether `text` can name a personal classifier, and thereby a file, on any system."""
    fits = _NAME.fullmatch(text) and not _RESERVED.fullmatch(text)
    return bool(fits) and len(text) <= LONGEST_NAME


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A track that the user gave a genre.

    features : np.ndarray [float32, shape=(n_units,)]   mean activations of the embedding
    genre : str   in the user's spelling, the same for every example of it
    group : str   tracks of one group are never on both sides of a split: artist, else album, else
        the track alone
    knows_artist : bool   whether the group is an artist
    """

    features: NDArray[np.float32]
    genre: str
    group: str
    knows_artist: bool = True


@dataclass(frozen=True, slots=True)
class GenreReport:
    """Precision and recall of one genre, on artists that were not learned from.

    `precision` is None if no track was given the genre; `few` marks a genre with too few artists
    to trust either figure.
    """

    genre: str
    n_tracks: int
    n_artists: int
    precision: float | None
    recall: float
    few: bool


@dataclass(frozen=True, slots=True)
class LeftOutTracks:
    """A genre with too few tracks or artists to be learned."""

    genre: str
    n_tracks: int
    n_artists: int


@dataclass(frozen=True, slots=True)
class ClassifierReport:
    """The cross-validation of a personal classifier, measured on artists not learned from.

    genres : most tracks first; `left_out` likewise, the largest ones only
    n_left_out : how many genres were left out
    n_artists : artists, and albums or tracks without an artist
    n_without_artist : tracks without an artist
    baseline : share of the most frequent genre: the accuracy of always naming that genre
    ece : expected calibration error over ten bins of confidence, after calibration
    temperature : the divisor of the logits that calibrates them
    high, medium : where the levels begin; None if no confidence reaches their precision
    follows_sound : False if the genres were recognised no more often than by chance
    """

    genres: tuple[GenreReport, ...]
    left_out: tuple[LeftOutTracks, ...]
    n_left_out: int
    n_tracks: int
    n_artists: int
    n_without_artist: int
    n_folds: int
    accuracy: float
    balanced_accuracy: float
    baseline: float
    ece: float
    temperature: float
    high: Threshold | None
    medium: Threshold | None
    follows_sound: bool
