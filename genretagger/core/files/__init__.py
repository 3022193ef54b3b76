"""Files as bytes: are they there, views of parts, leading tags, replacement; knows no audio."""
