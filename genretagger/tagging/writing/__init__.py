"""Writes one genre into one file, safely, and recovers after a crash; does not undo."""
