"""The library at a glance: bars, heat map and pairs; the counting is in `review.statistics`."""
