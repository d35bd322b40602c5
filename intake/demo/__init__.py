"""Builds what the demonstration and the tests are made of: our own forms, certificates and messages."""
