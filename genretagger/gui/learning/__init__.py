"""Personal classifiers: learn, look at, use and delete; the learning is in `analysis.personal`."""
