"""Widgets, pictures and texts that know nothing of the table, of jobs or of any feature."""
