"""The published list: reading it, and what of it matters to a submission."""
