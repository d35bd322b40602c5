"""Verifies signatures; bytes in, facts out."""
