"""For developers and researchers: train, evaluate and export models. Not in the bundle."""
