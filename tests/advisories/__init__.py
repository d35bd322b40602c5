"""Compares the lock files with a downloaded export of advisories, without a network: ``make advisories EXPORT=…``."""
