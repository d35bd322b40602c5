"""Signs what we send, with a key in a file or on a PKCS#11 token."""
