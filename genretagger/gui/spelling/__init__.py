"""Spellings of genres made one; finding them is in `review.genres`."""
