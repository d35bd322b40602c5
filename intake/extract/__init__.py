"""Bytes to facts: reads messages, workbooks and certificates without network, clock, files or store."""
