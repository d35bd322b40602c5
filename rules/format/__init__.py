"""What the form's own rules demand of its cells."""
