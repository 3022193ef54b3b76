"""The personal classifier: training, file, measures and use."""
