"""One row per track: its state, decisions, undo and bulk actions; no order, no filter."""
