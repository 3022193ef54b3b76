"""What the tracks of an album say of each other."""
