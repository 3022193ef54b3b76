"""Files as bytes: views of parts, leading tags, replacement in one step; knows no audio."""
