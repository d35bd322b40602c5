"""One file a kind of assurance certificate: how it is recognised, and the labels it prints."""
