"""All about one track: its pane, its timeline and listening to it."""
