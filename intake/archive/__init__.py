"""Evidence: bytes known by their SHA-256, written once, removed only by a disposal on record."""
