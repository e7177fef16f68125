"""A line typed by a person in, one call into a room out."""

__all__: list[str] = []
