"""Finds tracks and keeps their results: scanning, the store, the decisions."""
