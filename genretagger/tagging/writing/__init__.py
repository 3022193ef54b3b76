"""One genre into one file, safely: decide, dry run, swap or in place, recovery; no undo."""
