"""Whether all that must be sent was sent and could be read."""
