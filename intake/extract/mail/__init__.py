"""Takes a message apart into its documents."""
