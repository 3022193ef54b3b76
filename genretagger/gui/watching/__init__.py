"""Watching shown folders for new tracks; what notices and what hears them lies below the window."""
