"""Hears on the workers of a Dask cluster; only this package imports Dask."""

from genretagger.pipeline.cluster.cluster_workers import ClusterWorkers
from genretagger.pipeline.cluster.connection import connect

__all__ = ["ClusterWorkers", "connect"]
