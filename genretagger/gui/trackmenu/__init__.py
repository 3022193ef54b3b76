"""The menu of a track: its file in other programs, its like in the table, and dragging it out."""
