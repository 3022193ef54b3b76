"""Genretagger hears the genre of every track in a music library and writes what you accept."""

__version__ = "1.0.0"
