"""For developers and researchers: train, evaluate and export models. Not in the bundle."""

import os

# TensorFlow's C++ part logs pages about this machine; what goes wrong is raised in Python too.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
