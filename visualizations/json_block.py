"""Data inside a page, as JSON that no label can break out of."""

import json
from typing import Any


def json_block(value: Any) -> str:
    """JSON that can stand inside a script element: nothing in it can end the element.

    >>> json_block({"name": "</script>"})
    '{"name":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
