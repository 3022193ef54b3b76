"""Genre names in the review: mapping, spellings and completion."""
