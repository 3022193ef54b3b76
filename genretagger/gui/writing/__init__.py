"""The preview of a write, the write, and the page of results; undoing lives in `history`."""
