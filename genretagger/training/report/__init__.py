"""Figures as pages: report, model card and blocks of the docs; measures nothing."""
