"""Deciding: pure state of the review, no input or output."""
