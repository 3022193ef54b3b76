"""Help: the manual (F1), the keys and signs on one sheet (Shift+F1), about, and the bug report."""
