"""Filter, saved filters, columns and order: what the table shows; no decisions."""
