"""XML signatures (W3C XML Signature, XAdES)."""
