"""The header by which every letter of ours is known again, whatever way it comes back."""

MARKER = "X-CPL-Intake"
