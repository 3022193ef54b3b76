"""Sounds that are not music, synthesised or taken from packages; no models."""
