"""The student: an embedding network of our own, distilled from teachers; judges no genre."""
