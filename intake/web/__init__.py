"""The pages, one a file: the desk here, the others in their rooms; every page works without JavaScript."""
