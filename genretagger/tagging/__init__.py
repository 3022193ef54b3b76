"""The safe hand: reads tags, writes genres and takes them back. Knows nothing of audio analysis."""
