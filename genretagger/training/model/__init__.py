"""Networks and classifiers, fitted and exported; no reports."""
