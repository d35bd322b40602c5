"""Running text: letters, release notes, evidence."""
