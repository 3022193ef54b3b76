"""Measuring a model: figures and their file, transforms of the sound, speed; no reports."""
