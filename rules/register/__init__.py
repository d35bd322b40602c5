"""What the published list says about an entry."""
