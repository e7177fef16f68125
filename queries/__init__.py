"""A graph and a question in, rows out."""

__all__: list[str] = []
