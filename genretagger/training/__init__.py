"""For developers and researchers: train, evaluate and export models. Not in the bundle."""

import os

# TensorFlow's C++ part logs pages about the machine; its errors are raised in Python as well.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
