"""Records of all writes, kept for undo and history; knows nothing of audio."""
