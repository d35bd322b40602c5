"""Who may sign in, what they looked at, and on which days nobody works."""
