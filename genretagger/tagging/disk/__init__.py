"""File system calls with retries, locks and file attributes; knows no tags."""
