"""Tokens: words and marks with their places.

Abbreviations, initials and numbers keep their marks: `S.T.`, `PT`, `M.`, `13.000`, `55,20`.
"""

import re

from .document import Token

# Each branch begins with another kind of character and repeats one class, so time is linear.
_TOKEN = re.compile(
    r"\d+(?:[.,:/]\d+)*"  # 13.000 or 55,20 or 14.30 or 11/9/2024
    r"|Rp(?=\d)"
    r"|(?:[^\W\d_]\.){2,}(?!\w)"  # S.T. or M.M.
    r"|(?:[SMABD]|Ph|Sp)\.(?:Si|Pd|Kes|Kom|Hum|Sos|Ag|Sn|Ds|Psi|Farm|Kep|Ked|Hut|Pt|Pi|Tr|T|E|H|P|M|Ak|Ars|Sc|Eng|Fin|Com|Ed|D"
    r"|Phil|TP|Tp|Stat|Par|Kn|IP|AP|STP|Li|OG|PD|An|Biomed|Litt|Ling|Mat|Gz|Keb)(?![^\W_])(?:\.I(?![^\W_]))?"  # M.Si, Ph.D, S.Pd.I
    r"|[^\W\d_]+(?:['’`\-&/]\w+|\d+[^\W\d_]*)*"  # Jum'at, kejar-kejaran, R&D, A/B, K3, P4TK
    r"|\S"
)


def tokenize(text: str, offset: int = 0) -> tuple[Token, ...]:
    """The tokens of a text, their places counted from `offset`.

    >>> [token.text for token in tokenize("Rp1,5 miliar dari Eko, S.T.")]
    ['Rp', '1,5', 'miliar', 'dari', 'Eko', ',', 'S.T.']
    """
    return tuple(
        Token(match[0], match.start() + offset, match.end() + offset)
        for match in _TOKEN.finditer(text)
    )
