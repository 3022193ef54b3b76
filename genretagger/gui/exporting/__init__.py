"""Exports, playlists and plans to files; their formats are in `library`."""
