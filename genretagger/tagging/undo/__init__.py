"""Take writes back, by batch or file, also after files were moved."""
