"""What was written, kept for undo: records, their files, and how long they stay."""
