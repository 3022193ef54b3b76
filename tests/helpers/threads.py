"""How many threads a process multiplies matrices on."""

from __future__ import annotations

from threadpoolctl import threadpool_info


def count_threads():
    """Return how many threads each library for linear algebra in this process may use."""
    return {item["num_threads"] for item in threadpool_info() if item["user_api"] == "blas"}
