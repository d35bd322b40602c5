"""A person decides on a case, disposes of it, or sends it on."""
