"""Labelled tables and audio: read, split into folds, measured; no models."""
