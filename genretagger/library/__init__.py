"""What is there and what is known of it: scanning, the store, the review session."""
