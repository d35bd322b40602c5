"""Evidence is shown, taken away, checked, backed up and put back."""
