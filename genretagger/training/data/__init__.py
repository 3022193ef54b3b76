"""Labelled tables and audio: reading, folds, metrics; no models."""
