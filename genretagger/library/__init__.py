"""The music that is there and what is known of it: scanning, the store, the decisions."""
