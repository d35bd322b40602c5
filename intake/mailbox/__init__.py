"""The only package that talks to mail servers and mail folders."""
