"""The keys and the signs of the window, explained on one sheet (F1)."""
