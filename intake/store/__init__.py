"""The only package that speaks SQL: what has happened to every message, and what is still to do."""
