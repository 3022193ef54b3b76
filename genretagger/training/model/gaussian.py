"""The classifier: Gaussians with one shared covariance, in closed form.

Linear discriminant analysis (Fisher 1936; Hastie, Tibshirani and Friedman 2009, 4.3) with a shrunk
covariance on the mean over time of the embedding's penultimate layer. The same Gaussians say how
unlike anything known a track is: the relative Mahalanobis distance (Ren et al. 2021, arXiv
2106.09022). Chosen by artist-grouped cross-validation over networks, which did no better
(docs/model.md); two trainings give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Recipe:
    """Every choice of the training, with the values that are shipped.

    shrinkage : share of the covariance that is replaced by its mean variance, in all directions
    artist_power : an artist with n tracks of a genre weighs n to the power of 1 - this in it
    """

    shrinkage: float = 0.6
    artist_power: float = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Gaussians:
    """What was learned of standardised activations x = (activations - mean) / scale.

    mean, scale : np.ndarray [float64, shape=(n_units,)]
    slopes : np.ndarray [float64, shape=(n_units, n_genres)]   of the logits
    offsets : np.ndarray [float64, shape=(n_genres,)]   of the logits
    within : np.ndarray [float64, shape=(n_units, n_units)]   whitens x by the covariance in genres
    overall : np.ndarray [float64, shape=(n_units, n_units)]   whitens x by that of all tracks
    """

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    slopes: NDArray[np.float64]
    offsets: NDArray[np.float64]
    within: NDArray[np.float64]
    overall: NDArray[np.float64]

    def judge(
        self, activations: NDArray[np.float32]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the logits [shape=(..., n_genres)] and the relative distance [shape=(...)].

        The distance is that to the nearest genre, squared, less that to all music heard in
        training; greater is less like anything known.

        Parameters
        ----------
        activations : np.ndarray [float32, shape=(..., n_units)]
            Mean over time of the penultimate layer.
        """
        rows = (activations - self.mean) / self.scale
        logits = rows @ self.slopes + self.offsets
        # |x - m|^2 = |x|^2 - 2 (x m - |m|^2 / 2) in the shared covariance; in brackets the logits.
        nearest = np.square(rows @ self.within).sum(axis=-1) - 2 * logits.max(axis=-1)
        return logits, nearest - np.square(rows @ self.overall).sum(axis=-1)


def fit(
    rows: NDArray[np.float32],
    labels: NDArray[np.int64],
    groups: NDArray[np.str_],
    *,
    n_genres: int,
    recipe: Recipe,
) -> Gaussians:
    """Return what `rows` teach.

    Parameters
    ----------
    rows : np.ndarray [float32, shape=(n_tracks, n_units)]
        Mean over time of the penultimate layer.
    labels : np.ndarray [int64, shape=(n_tracks,)]
        Genres by number, each in [0, n_genres); one that does not occur is never named.
    groups : np.ndarray [str, shape=(n_tracks,)]
        Artists, or what stands for them.
    n_genres, recipe
        Number of logits; choices.
    """
    mean, scale = rows.mean(axis=0, dtype=np.float64), rows.std(axis=0, dtype=np.float64) + 1e-6
    known = (rows - mean) / scale
    weights = _weights(labels, groups, power=recipe.artist_power)
    centres = np.zeros((n_genres, rows.shape[1]))
    for genre in np.unique(labels):
        chosen = labels == genre
        centres[genre] = np.average(known[chosen], axis=0, weights=weights[chosen])
    within = _shrunk(known - centres[labels], weights, share=recipe.shrinkage)
    slopes = np.linalg.solve(within, centres.T).astype(np.float64)
    offsets = -0.5 * np.einsum("gu,ug->g", centres, slopes)
    offsets[np.setdiff1d(np.arange(n_genres), labels)] = -np.inf
    return Gaussians(
        mean,
        scale,
        slopes,
        offsets,
        within=np.linalg.cholesky(np.linalg.inv(within)),
        overall=np.linalg.cholesky(np.linalg.inv(_shrunk(known, weights, share=recipe.shrinkage))),
    )


def _weights(
    labels: NDArray[np.int64], groups: NDArray[np.str_], *, power: float
) -> NDArray[np.float64]:
    """Return the weight of each track: each genre weighs 1, its artists by a power of their tracks.

    A genre of which one artist has most tracks would else be that artist's sound.
    """
    weights = np.zeros(len(labels))
    for genre in np.unique(labels):
        chosen = labels == genre
        _, inverse, counts = np.unique(groups[chosen], return_inverse=True, return_counts=True)
        raw = counts[inverse].astype(np.float64) ** -power
        weights[chosen] = raw / raw.sum()
    return weights


def _shrunk(
    rows: NDArray[np.float64], weights: NDArray[np.float64], *, share: float
) -> NDArray[np.float64]:
    """Return the weighted covariance of centred `rows`, shrunk towards a multiple of identity."""
    covariance = (rows * weights[:, np.newaxis]).T @ rows / weights.sum()
    n_units = len(covariance)
    variance = np.trace(covariance) / n_units
    shrunk: NDArray[np.float64] = (1 - share) * covariance + share * variance * np.eye(n_units)
    return shrunk
