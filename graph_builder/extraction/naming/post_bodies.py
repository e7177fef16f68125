"""Post bodies: the body that the words of a post name by themselves, as "Bupati X" names a government."""

from collections.abc import Sequence

from ..reading import vocabulary
from .gazetteer import level_of, territories_named
from .governments import government_aliases
from .lexicon import KnownBody, Lexicon, ministry_short_forms
from .reading import Reading

_GOVERNORS = {
    "gubernur": "provincial-government", "wagub": "provincial-government", "bupati": "regency-government",
    "wabup": "regency-government", "wali": "city-government", "walikota": "city-government",
    "wawali": "city-government", "wawalkot": "city-government",
}  # fmt: skip
OFFICES = {
    "menteri": ("Kementerian",), "wakil menteri": ("Kementerian",), "wamen": ("Kementerian",), "menko": ("Kementerian Koordinator", "Kemenko"),
    "menteri koordinator": ("Kementerian Koordinator",), "menteri negara": ("Kementerian",),
    "direktur jenderal": ("Direktorat Jenderal", "Ditjen"), "direktur jendral": ("Direktorat Jenderal", "Ditjen"), "dirjen": ("Direktorat Jenderal", "Ditjen"),
    "sesditjen": ("Direktorat Jenderal", "Ditjen"), "sekretaris direktorat jenderal": ("Direktorat Jenderal", "Ditjen"),
}  # fmt: skip
_HEADS_OF = {
    "kepala dinas": "Dinas", "kepala balai": "Balai", "kepala balai besar": "Balai Besar", "kepala badan": "Badan",
    "kepala kantor wilayah": "Kantor Wilayah", "kakanwil": "Kanwil", "kepala biro": "Biro", "direktur politeknik": "Politeknik",
    "kepala upt": "UPT", "kepala uptd": "UPTD", "ketua asosiasi": "Asosiasi", "ketua yayasan": "Yayasan", "kadis": "Dinas",
    "kepala kantor perwakilan": "Kantor Perwakilan", "ketua komisi": "Komisi", "kepala kantor": "Kantor", "ketua dewan": "Dewan",
    "ketua dprd": "DPRD", "anggota dprd": "DPRD",
}  # fmt: skip
_COMMANDERS = {
    "kapolres": "Polres", "kapolda": "Polda", "kapolsek": "Polsek", "kapolresta": "Polresta", "wakapolres": "Polres",
    "kapolrestabes": "Polrestabes", "dandim": "Kodim", "danrem": "Korem", "pangdam": "Kodam", "kajari": "Kejaksaan Negeri",
    "kajati": "Kejaksaan Tinggi", "kasat reskrim": "Polres", "kabid humas": "Polda", "kadisperindag": "Disperindag",
    "kadisperin": "Disperin", "kadisdag": "Disdag", "kadisnaker": "Disnaker", "kadinkop": "Dinkop", "kadispar": "Dispar",
    "kadinkes": "Dinkes", "kadistan": "Distan", "kadiskop": "Diskop",
}  # fmt: skip
_GOVERNMENTS = {
    "province": "provincial-government",
    "regency": "regency-government",
    "city": "city-government",
}
_COUNCILS = {"sekretaris daerah", "sekda"}


def kind_governed(post: str) -> str | None:
    """The kind of government that an office is of, told by its words.

    >>> kind_governed("Wakil Bupati"), kind_governed("Direktur")
    ('regency-government', None)
    """
    words = post.casefold().split()
    return next((_GOVERNORS[word] for word in words[:3] if word in _GOVERNORS), None)


def ministry_of_minister(word: str) -> str | None:
    """The short form of the ministry whose minister has this short title: Menperin is of Kemenperin."""
    plain = word.casefold().removeprefix("wa")
    if plain.startswith("men") and f"ke{plain}" in ministry_short_forms():
        return f"Ke{plain}"
    return None


def implied_body(
    reading: Reading,
    phrase: str,
    words: Sequence[str],
    subject: int,
    last: int,
    territory: str | None,
    lexicon: Lexicon,
) -> KnownBody | None:
    """The body that the words of a post name by themselves."""
    short = (
        ministry_of_minister(reading.tokens[subject - 1].text)
        if len(words) == 1
        else None
    )
    if short:
        return lexicon.named(short)
    key = words[-1] if words[0] in {"wakil", "penjabat", "pj", "pjs"} else words[0]
    kind = _GOVERNORS.get("wali" if phrase.endswith(("wali kota", "walikota")) else key)
    if kind and territory:
        return _government(kind, territory)
    if phrase in _COMMANDERS and territory:
        return KnownBody(
            f"{_COMMANDERS[phrase]} {territory}", _type_of_head(_COMMANDERS[phrase])
        )
    if phrase in _COUNCILS and territory:
        return _government_of(territory, reading.folded[subject:last])
    if subject >= last:
        return None
    rest = reading.surface(subject, last)
    rest = rest.split("/", 1)[0]  # "Menteri Investasi/Kepala BKPM"
    for suffix in (" Republik Indonesia", " RI"):
        rest = rest.removesuffix(suffix)
    starts = OFFICES.get(phrase)
    if starts is None and phrase in _HEADS_OF:
        starts = (_HEADS_OF[phrase],)
        return KnownBody(f"{starts[0]} {rest}", _type_of_head(starts[0]))
    if starts is None:
        return lexicon.named(rest)
    for start in starts:
        if known := lexicon.named(f"{start} {rest}"):
            return known
    kind = "ministry" if starts[0].startswith("Kementerian") else "directorate-general"
    return (
        KnownBody(f"{starts[0]} {rest}", kind)
        if rest and starts[0] != "Kementerian Koordinator"
        else None
    )


def _government_of(territory: str, words: Sequence[str]) -> KnownBody | None:
    """The government of a territory, of the level that words give, or else of the largest."""
    said = [level for level in map(level_of, words) if level]
    for level, kind in _GOVERNMENTS.items():
        if (not said or level in said) and territories_named(territory, (level,)):
            return _government(kind, territory)
    return None


def _government(kind: str, territory: str) -> KnownBody:
    full, *others = government_aliases(kind, territory)
    return KnownBody(full, kind, tuple(others))


def _type_of_head(word: str) -> str | None:
    for head in vocabulary().heads.get(word.casefold().split()[0], ()):
        if head.words == tuple(word.casefold().split()):
            return head.type
    return None
