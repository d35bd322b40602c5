"""Text of PDF pages, with its places."""
