"""Personal data: what a record may not hold of a person beyond their public role.

Numbers of identity cards, telephone numbers, e-mail addresses of persons, street addresses and, in
records of people, birth dates. They are told by their form, in every text of every record, and a
message shows them masked only. The contact of an institution belongs into `website`; an address
such as `humas@…` that goes by an office is let pass. Addresses of the web are looked at for
numbers of identity cards alone, since their digits are those of pages.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from simpul.ontology import Code

from .problems import Problem
from .reading import Loaded, Path
from .records import Model, Person
from .referring import items_of


class PersonalKind(StrEnum):
    """A kind of personal data; the value is the code of its name in `messages/`."""

    NIK = "personal-nik"
    PHONE = "personal-phone"
    EMAIL = "personal-email"
    ADDRESS = "personal-address"
    BIRTH = "personal-birth"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One find in a text; `masked` may be shown."""

    kind: PersonalKind
    start: int
    end: int
    masked: str


def personal_data(text: str, *, of_person: bool = False) -> tuple[PersonalData, ...]:
    """Find personal data in a text, in the order in which it stands there.

    `of_person` says that the text belongs to a record of a person: then birth dates count too, and
    an e-mail address even of an office.

    >>> [find.masked for find in personal_data("NIK 3515064203850001, HP 0812-3456-7890")]
    ['35••••••••••••01', '08••-••••-••90']
    """
    if not re.search(r"\d|@|\bat\b", text):
        return ()
    addresses = [match.span() for match in _WEB.finditer(text)]
    finds: list[PersonalData] = []
    for kind, pattern, holds in _FORMS:
        if kind is PersonalKind.BIRTH and not of_person:
            continue
        for match in pattern.finditer(text):
            start, end = match.span("data")
            in_web = any(a <= start < b for a, b in addresses)
            if in_web and kind is not PersonalKind.NIK:
                continue
            if any(start < find.end and find.start < end for find in finds):
                continue
            if holds(match, of_person):
                masked = _masked(kind, match["data"])
                finds.append(PersonalData(kind, start, end, masked))
    return tuple(sorted(finds, key=lambda find: find.start))


def personal_problems(loaded: Loaded) -> Iterator[Problem]:
    """Every find in the records, as a problem of its field; keys of records are masked too."""
    for record in loaded.all():
        for path, text in _texts(record):
            for find in personal_data(text, of_person=isinstance(record, Person)):
                problem = loaded.problem(
                    "personal-data",
                    record,
                    path,
                    reason=find.kind.value,
                    value=find.masked,
                )
                yield replace(problem, key=_masked_key(record.id))


def _texts(model: Model, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of a record with the path of its field; numbers and hashes are no texts."""
    for name, written in _fields(type(model)):
        value: Any = getattr(model, name)
        if value is None or isinstance(value, Code):
            continue
        for position, item in enumerate(items_of(value)):
            here = (*path, written)
            here = (*here, position) if isinstance(value, tuple) else here
            if isinstance(item, Model):
                yield from _texts(item, here)
            elif isinstance(item, str) and not _HASH.fullmatch(item):
                yield here, item


@cache
def _fields(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """The fields that may hold texts: attribute, and name as written."""
    return tuple(
        (name, field.alias or name)
        for name, field in model.model_fields.items()
        if name != "value"
    )


def _masked_key(key: str) -> str:
    for find in reversed(personal_data(key)):
        key = key[: find.start] + find.masked + key[find.end :]
    return key


def _masked(kind: PersonalKind, data: str) -> str:
    """The data with its letters and digits as dots, but for as many as tell which it was."""
    local, at, domain = data.partition("@")
    head, tail = _SHOWN[kind]
    places = [place for place, letter in enumerate(local) if letter.isalnum()]
    kept = {*places[:head], *(places[-tail:] if tail else ())}
    hidden = "".join(
        "•" if letter.isalnum() and place not in kept else letter
        for place, letter in enumerate(local)
    )
    return hidden + at + domain


_SHOWN = {
    PersonalKind.NIK: (2, 2),
    PersonalKind.PHONE: (2, 2),
    PersonalKind.EMAIL: (1, 0),
    PersonalKind.ADDRESS: (2, 0),
    PersonalKind.BIRTH: (0, 0),
}

_HASH = re.compile(r"[0-9a-f]{64}")
_WEB = re.compile(r"https?://\S+")

# Numbers of the provinces in the first two digits, that of the former East Timor among them.
_PROVINCES = frozenset(
    {*range(11, 20), 21, *range(31, 37), *range(51, 55), *range(61, 66)}
    | {*range(71, 77), 81, 82, *range(91, 98)}
)

_STREET = r"(?:(?!(?:No|Nomor|Tahun)\b)[A-Z0-9][\w.'’-]*,?\s+){1,6}?"
"""The name of a street: one to six words with capitals, or numbers such as those of a date."""

# An address of an office rather than a person begins with one of these, or with its own domain.
_OFFICE = re.compile(
    "admin|balai|care|contact|cs|customer|dinas|editor|hello|halo|help|hr|hrd|humas|info|"
    "informasi|kantor|karier|karir|kontak|layanan|marketing|media|noreply|office|official|"
    "pelayanan|pemasaran|pengaduan|pers|ppid|pr|press|redaksi|sales|secretariat|sekretariat|"
    "service|support|tu|umum|webmaster"
)


def _is_nik(match: re.Match[str], of_person: bool) -> bool:
    """Sixteen digits: province, regency, district, day (40 more for women), month, year, number."""
    del of_person
    if re.fullmatch(r"\d{1,3}(?:[. ]\d{3})+", match["data"]):
        return False  # a number with its thousands marked
    digits = re.sub(r"\D", "", match["data"])
    province, regency, district, day, month, year = (
        int(digits[place : place + 2]) for place in range(0, 12, 2)
    )
    if not (province in _PROVINCES and regency and district and 1 <= month <= 12):
        return False
    # Of a year in two digits the century is open; a leap day is let pass if either has it.
    longest = max(monthrange(century + year, month)[1] for century in (1900, 2000))
    return 1 <= day % 40 <= longest and day < 80 and digits[12:] != "0000"


def _is_mobile(match: re.Match[str], of_person: bool) -> bool:
    del of_person
    digits = re.sub(r"\D", "", match["data"]).removeprefix("00")
    return 9 <= len(digits.removeprefix("62").removeprefix("0")) <= 12


def _is_private_email(match: re.Match[str], of_person: bool) -> bool:
    if of_person:
        return True
    names = re.split(r"[._+-]", match["local"].lower())
    domain = match["domain"].lower().split(".")
    return not any(_OFFICE.fullmatch(name) or name in domain for name in names)


def _always(match: re.Match[str], of_person: bool) -> bool:
    del match, of_person
    return True


_Holds = Callable[[re.Match[str], bool], bool]


def _form(
    kind: PersonalKind, pattern: str, holds: _Holds = _always
) -> tuple[PersonalKind, re.Pattern[str], _Holds]:
    return kind, re.compile(pattern, re.VERBOSE), holds


_FORMS = (
    _form(
        PersonalKind.NIK,
        r"(?<!\d)(?<!\d[.,-]) (?P<data> \d (?:[ .-]?\d){15} ) (?!\d)(?![.,-]\d)",
        _is_nik,
    ),
    _form(  # mobile numbers, as dialled in the country and from abroad
        PersonalKind.PHONE,
        r"""(?<!\d)(?<!\d[.,/-])
        (?P<data>
            (?: (?:\+|\b00)62 [ .()-]{0,3} (?:0[ .()-]{0,2})? | 62-? | 0 )
            8[1-9] (?:[ .()-]{0,2}\d){6,11}
        )
        (?!\d)(?![.,/-]\d)""",
        _is_mobile,
    ),
    _form(  # any other number of the country as dialled from abroad
        PersonalKind.PHONE,
        r"""(?<!\d)
        (?P<data> (?:\+|\b00)62 [ .-]? \(?\d{2,3}\)? (?:[ .-]?\d){5,9} )
        (?!\d)""",
    ),
    _form(  # one that is called a telephone number
        PersonalKind.PHONE,
        r"""\b(?i:telp|telepon|tlp|tel|hp|handphone|ponsel|wa|whatsapp|phone|mobile|fax|faks)\b
        [.:]?\s* (?:(?i:nomor|number|no)\b[.:]?\s*)?
        (?P<data> \(?0\d{2,3}\)? [ .-]? \d (?:[ .-]?\d){4,8} ) (?!\d)""",
    ),
    _form(  # one with its area code in brackets
        PersonalKind.PHONE,
        r"(?P<data> \(0\d{2,3}\) [ -]? \d (?:[ .-]?\d){4,8} ) (?!\d)",
    ),
    _form(
        PersonalKind.EMAIL,
        r"""(?<![\w.+-])
        (?P<data>
            (?P<local>[\w.+-]+) \s?(?:@|\[at\]|\(at\))\s?
            (?P<domain>[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,})
        )""",
        _is_private_email,
    ),
    _form(  # a street with the number of a house; a law has a number and a year
        PersonalKind.ADDRESS,
        rf"""\b(?P<data>
            (?i:jl|jln|jalan|gg|gang)\b\.?\s* (?!Tol\b|Nasional\b)
            {_STREET} (?i:nomor|no|blok|kavling|kav)\b[.:]?\s* [A-Z]{{0,2}}[ -]?\d+(?:[ ]?[A-Z]\b)?
        )
        (?!\d)(?!\s*(?:/|(?i:tahun)\b))""",
    ),
    _form(
        PersonalKind.ADDRESS,
        rf"\b(?P<data> (?i:jl|jln)\b\.?\s* {_STREET} \d{{1,4}}[A-Z]? ) (?=\s*(?:[,;)]|\.?$|\.\s))",
    ),
    _form(  # neighbourhood and hamlet
        PersonalKind.ADDRESS,
        r"""\b(?P<data> (?i:rt)\.?\s?
            (?: \d{1,3} \s*[/,.-]?\s* (?i:rw)[.:]?\s* \d{1,3}
              | (?:/?\s?(?i:rw)[.:]?\s*)? \d{1,3}\s?/\s?\d{1,3} )
        )(?!\d)""",
    ),
    _form(
        PersonalKind.BIRTH,
        r"""\b(?i:lahir|kelahiran|born|ttl|dob|date\ of\ birth|birth\ ?date)\b [^.\d]{0,40}?
        (?P<data>
            \d{1,2}[ /.-](?:\d{1,2}|[A-Za-z]{3,9})[ /.,-]{1,2}\d{2,4}
            | \d{4}-\d{2}-\d{2}
            | (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\ \d{1,2},?\ \d{4}
        )""",
    ),
)
