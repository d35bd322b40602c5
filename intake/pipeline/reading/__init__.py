"""A message is read into its dossier, and the dossier is judged."""
