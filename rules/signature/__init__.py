"""Whether what must be signed was signed."""
