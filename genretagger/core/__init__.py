"""The ground everybody stands on: types, errors, folders, settings and the vocabulary."""
