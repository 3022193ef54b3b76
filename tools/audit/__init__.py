"""What is inside the program, under which licence, and whether a fault of it is known."""
