"""What people read: letters, pages, and the reports of `check`."""
