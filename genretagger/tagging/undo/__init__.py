"""Takes writes back, by batch or by file, even after files were moved."""
