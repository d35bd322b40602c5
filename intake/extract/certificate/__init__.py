"""Reads assurance certificates: labels, values, and what kind of certificate it is."""
