"""The dialog of settings and of the genre mapping; their values are in `core.settings`."""
