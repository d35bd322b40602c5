"""A case is a thread: what belongs to it, who works on it, and what its lists show."""
