"""Counts over all rows: the overview and the threshold's curve."""
