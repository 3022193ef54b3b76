"""What comes with the command line: its manual page, and completions for three shells."""
