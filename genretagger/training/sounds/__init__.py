"""Sounds that are not music, and music without labels: made or taken from packages; no models."""
