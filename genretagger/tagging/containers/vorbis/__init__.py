"""Vorbis comments in FLAC and Ogg, and the genre in them."""
