"""File system calls that may fail or be retried, locks and file attributes; knows no tags."""
