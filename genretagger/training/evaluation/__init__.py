"""Figures of a model: measured, after transforms, timed; one file of them."""
