"""The pure words of the process: messages, subjects, submissions, working days, events."""
