"""What people read: letters, pages, and the reports of `check`."""

from intake.render.templates import letter, london, london_short, pages

__all__ = ["letter", "london", "london_short", "pages"]
