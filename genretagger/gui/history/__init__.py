"""Earlier writes and undoing them."""
