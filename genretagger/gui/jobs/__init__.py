"""Background threads and the calls of the pipeline made on them; no widgets."""
