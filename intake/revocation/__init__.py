"""Keeps CRLs and OCSP answers fresh; the only package that follows addresses out of certificates."""
