"""Whether the form and the assurance certificates speak of the same Device Model."""
