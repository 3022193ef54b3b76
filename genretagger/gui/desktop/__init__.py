"""What the desktop around the window is told: that a long job is over, and how far it is."""
