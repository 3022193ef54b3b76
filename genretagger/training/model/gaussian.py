"""The network's teacher: Gaussians with one shared covariance, in closed form.

Linear discriminant analysis (Fisher 1936; Hastie, Tibshirani and Friedman 2009, 4.3) with a shrunk
covariance on the mean over time of the embedding's penultimate layer. The same Gaussians measure
how unlike the training data a track is, by the relative Mahalanobis distance (Ren et al. 2021,
arXiv 2106.09022). They teach the network that decides between the genres (`network`), which in
artist-grouped cross-validation did no better alone (docs/model.md). Two trainings give the same
bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.scoring import average_segments, measure_scale
from genretagger.training.data.dataset import GENRES, PENULTIMATE, Table


@dataclass(frozen=True, slots=True)
class Recipe:
    """Every choice of the training; the defaults are shipped.

    shrinkage : share of the covariance that is replaced by its mean variance in all directions
    artist_power : n tracks of an artist in a genre weigh n ** (1 - artist_power) together
    """

    shrinkage: float = 0.6
    artist_power: float = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Gaussians:
    """Parameters learned from standardised activations x = (activations - mean) / scale.

    mean, scale : np.ndarray [float64, shape=(n_units,)]
    slopes : np.ndarray [float64, shape=(n_units, n_genres)]   slopes of the logits
    offsets : np.ndarray [float64, shape=(n_genres,)]   offsets of the logits
    within : np.ndarray [float64, shape=(n_units, n_units)]   whitens by the covariance in a genre
    overall : np.ndarray [float64, shape=(n_units, n_units)]   whitens by that of all tracks
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

        The distance is the squared distance to the nearest genre minus the one to all music of the
        training; greater is less like the training data.

        Parameters
        ----------
        activations : np.ndarray [float32, shape=(..., n_units)]
            Mean over time of the penultimate layer.
        """
        rows = (activations - self.mean) / self.scale
        logits = rows @ self.slopes + self.offsets
        # |x - m|^2 = |x|^2 - 2 (x m - |m|^2 / 2) in the shared covariance; brackets: a logit.
        nearest = np.square(rows @ self.within).sum(axis=-1) - 2 * logits.max(axis=-1)
        return logits, nearest - np.square(rows @ self.overall).sum(axis=-1)


def fit_table(
    table: Table, rows: NDArray[np.int64] | slice = slice(None), *, recipe: Recipe
) -> Gaussians:
    """Fit the Gaussians to the rows of `table` at the positions `rows`, by default to all."""
    return fit_gaussians(
        average_segments(table.arrays[PENULTIMATE][rows]),
        table.labels[rows],
        table.groups[rows],
        n_genres=len(GENRES),
        recipe=recipe,
    )


def fit_gaussians(
    rows: NDArray[np.float32],
    labels: NDArray[np.int64],
    groups: NDArray[np.str_],
    *,
    n_genres: int,
    recipe: Recipe,
) -> Gaussians:
    """Fit the Gaussians to `rows`.

    Parameters
    ----------
    rows : np.ndarray [float32, shape=(n_tracks, n_units)]
        Mean over time of the penultimate layer.
    labels : np.ndarray [int64, shape=(n_tracks,)]
        Index of each genre, in [0, n_genres); a genre that does not occur is never predicted.
    groups : np.ndarray [str, shape=(n_tracks,)]
        Artists, or clips without one.
    n_genres, recipe
        Number of logits; choices of the training.
    """
    mean, scale = measure_scale(rows)
    scaled = (rows - mean) / scale
    weights = weigh_tracks(labels, groups, power=recipe.artist_power)
    centres = np.zeros((n_genres, rows.shape[1]))
    for genre in np.unique(labels):
        chosen = labels == genre
        centres[genre] = np.average(scaled[chosen], axis=0, weights=weights[chosen])
    within = _shrunk_covariance(scaled - centres[labels], weights, share=recipe.shrinkage)
    slopes = np.linalg.solve(within, centres.T).astype(np.float64)
    offsets = -0.5 * np.einsum("gu,ug->g", centres, slopes)
    offsets[np.setdiff1d(np.arange(n_genres), labels)] = -np.inf
    return Gaussians(
        mean,
        scale,
        slopes,
        offsets,
        within=np.linalg.cholesky(np.linalg.inv(within)),
        overall=np.linalg.cholesky(
            np.linalg.inv(_shrunk_covariance(scaled, weights, share=recipe.shrinkage))
        ),
    )


def weigh_tracks(
    labels: NDArray[np.int64], groups: NDArray[np.str_], *, power: float
) -> NDArray[np.float64]:
    """Return the weight of each track: a genre weighs 1, its artists by a power of their tracks.

    Otherwise an artist with most tracks of a genre would define how it sounds.
    """
    weights = np.zeros(len(labels))
    for genre in np.unique(labels):
        chosen = labels == genre
        _, inverse, counts = np.unique(groups[chosen], return_inverse=True, return_counts=True)
        raw = counts[inverse].astype(np.float64) ** -power
        weights[chosen] = raw / raw.sum()
    return weights


def _shrunk_covariance(
    rows: NDArray[np.float64], weights: NDArray[np.float64], *, share: float
) -> NDArray[np.float64]:
    """Return the weighted covariance of centred `rows`, shrunk to a multiple of the identity."""
    covariance = (rows * weights[:, np.newaxis]).T @ rows / weights.sum()
    n_units = len(covariance)
    variance = np.trace(covariance) / n_units
    shrunk: NDArray[np.float64] = (1 - share) * covariance + share * variance * np.eye(n_units)
    return shrunk
