"""Writes a version of the list into the workbook of the version before it, part by part."""
