"""Measure speed and memory: `make bench` measures all, `python -m benchmarks.NAME` one thing."""
