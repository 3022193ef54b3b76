"""The columns of the table of tracks: what their cells say and how they are painted."""
