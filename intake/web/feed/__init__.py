"""The read-only feed: files of the published folder, whole or in parts."""
