"""A built graph in, one HTTP service out. Not built yet: the room holds its place."""

__all__: list[str] = []
