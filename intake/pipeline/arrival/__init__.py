"""A message arrives: seen, fetched, archived, recorded, acknowledged."""
