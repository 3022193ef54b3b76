"""The ground everybody stands on: types, errors, folders, settings, vocabulary. No audio, tags or window."""
