"""Asks an organisation's own provider who somebody is; the only package that speaks OpenID Connect."""
