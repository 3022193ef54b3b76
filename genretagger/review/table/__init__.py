"""The order of rows, albums as headings, and the layout that is remembered."""
