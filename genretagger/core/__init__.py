"""Shared by all other packages: types, errors, folders, settings and the genre vocabulary."""
