"""Networks and classifiers: fitting, calibration, export; no figures and no reports."""
