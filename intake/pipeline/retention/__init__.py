"""Closed cases are kept, held, or disposed of by two people."""
