"""The submitter's own check: the same reading and judging, and nothing of it is kept."""
