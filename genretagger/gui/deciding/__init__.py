"""Accept, reject and choose genres, for tracks, albums and by threshold; no writing."""
