"""What a page that needs nothing else may do: its own style and scripts, each by its hash, and no request."""

import base64
import hashlib
from collections.abc import Iterable


def content_policy(
    style: str,
    scripts: Iterable[str] = (),
    *,
    script_sources: Iterable[str] = (),
    more: Iterable[str] = (),
) -> str:
    """The Content-Security-Policy of a page with one style and these scripts, letter for letter.

    `script_sources` are further sources of scripts, `more` whole directives besides.
    """
    allowed = [*map(_hash, scripts), *script_sources]
    return "; ".join(
        (
            "default-src 'none'",
            *([" ".join(["script-src", *allowed])] if allowed else []),
            f"style-src {_hash(style)}",
            "img-src data: blob:",
            *more,
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
