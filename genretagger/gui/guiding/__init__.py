"""Where to begin, and what comes next: the start page, and the strip with the next step."""
