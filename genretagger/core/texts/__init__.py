"""Keys by which texts compare and sort as a reader expects."""
