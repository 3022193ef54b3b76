"""Files as bytes: views of a part, tags in front, a small file replaced in one step; no audio."""
