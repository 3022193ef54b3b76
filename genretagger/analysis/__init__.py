"""Hearing: decode excerpts, compute features, run the networks, in worker processes."""
