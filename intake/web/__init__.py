"""The review page: one page a file; every page works without JavaScript."""
