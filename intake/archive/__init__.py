"""Evidence: bytes known by their SHA-256, written once, never deleted."""
