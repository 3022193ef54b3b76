"""What is typed into the filter, and the rows that pass it."""
