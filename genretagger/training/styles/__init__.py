"""Music with a known style, and music outside the ten genres: packages, labels; no models."""
