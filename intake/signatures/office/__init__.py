"""Verifies the signatures of Office and OpenDocument containers."""
