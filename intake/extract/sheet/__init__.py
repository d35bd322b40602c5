"""Reads the New Entry form out of workbooks."""
