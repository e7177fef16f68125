"""The messages of errors in Indonesian and English, from what the errors carry; what has no sentence stays English."""

from functools import cache

from simpul.graph_builder import NoVersion, UnknownEcosystem, shipped_ecosystems
from simpul.ontology import Language, SimpulError, Wording, near_miss

from .errors import (
    BadName,
    BadParameter,
    BytesExceeded,
    MemoryExceeded,
    MissingExtra,
    MissingParameter,
    NameTaken,
    NestedTooDeep,
    NoGraph,
    OutboundRequest,
    QueryStopped,
    QuerySyntaxError,
    RowsExceeded,
    TimeExceeded,
    UnknownClaim,
    UnknownFormat,
    UnknownParameter,
    UnknownQuery,
)

_STORE = "store"
_LIMITS: dict[type[QueryStopped], str] = {
    BytesExceeded: "bytes-exceeded",
    MemoryExceeded: "memory-exceeded",
    RowsExceeded: "rows-exceeded",
    TimeExceeded: "time-exceeded",
}


def complaint(error: SimpulError, lang: Language) -> str:
    """What an error says, in a language.

    >>> complaint(UnknownQuery("bridge", ["bridges"]), "id")
    "bridge: tidak ada kueri bernama itu; maksud Anda 'bridges'?"
    """
    said = _sentence(error, lang)
    if said is None:
        return str(error)
    code, facts = said
    own = {name: fact for name, fact in vars(error).items() if name != "code"}
    return complaint_words().say(code, lang, **{**own, **facts})


@cache
def complaint_words() -> Wording:
    """The sentences of `complaints.toml`."""
    return Wording.load("simpul.queries", "complaints.toml")


def _sentence(
    error: SimpulError, lang: Language
) -> tuple[str, dict[str, object]] | None:
    """The code of the sentence for an error, and the facts beside its own."""
    match error:
        case UnknownQuery():
            return _near("unknown-query", error.near), {}
        case UnknownClaim(near=None, example=None):
            return "unknown-claim-none", {}
        case UnknownClaim():
            return _near("unknown-claim", error.near), {}
        case UnknownFormat():
            return _near("unknown-format", error.near), {
                "known": ", ".join(error.known)
            }
        case MissingExtra():
            return "missing-extra", {}
        case MissingParameter(absent=None):
            return "missing-parameter", {}
        case MissingParameter():
            examples = ", ".join(error.examples)
            code = "absent-default-examples" if examples else "absent-default"
            return code, {"examples": examples}
        case UnknownParameter(near=None, names=()):
            return "unknown-parameter-none", {}
        case UnknownParameter():
            known = ", ".join(error.names)
            return _near("unknown-parameter", error.near), {"known": known}
        case BadParameter(code=str(code)):
            reason = complaint_words().say(code, lang, **error.facts)
            return "bad-value", {"reason": reason, "value": str(error.value)}
        case BadParameter():
            return "bad-value", {"value": str(error.value)}
        case QuerySyntaxError():
            if error.code is not None:
                detail = complaint_words().say(error.code, lang, **error.facts)
                return "syntax-plain", {"source": error.excerpt, "detail": detail}
            code = "syntax" if error.prefix is None else "undeclared-prefix"
            return code, {"source": error.excerpt}
        case NameTaken():
            return ("name-shipped" if error.is_shipped else "name-kept"), {}
        case BadName():
            return "bad-name", {}
        case OutboundRequest():
            return "outbound", {}
        case NestedTooDeep():
            return "nested-links" if error.links else "nested", {}
        case QueryStopped():
            limit = _LIMITS.get(type(error))
            return (limit, {}) if limit else None
        case _:
            return _place(error)


def _place(error: SimpulError) -> tuple[str, dict[str, object]] | None:
    match error:
        case NoGraph() if error.path.is_dir() and not (error.path / _STORE).is_dir():
            return "no-store", {"store": _STORE}
        case NoVersion(older=None) if not (error.out / "versions").is_dir():
            return "no-version", {}
        case UnknownEcosystem():
            shipped = shipped_ecosystems()
            near = near_miss(error.name, shipped)
            listed = ", ".join(shipped)
            return _near("unknown-ecosystem", near), {"shipped": listed, "near": near}
        case _:
            return None


def _near(code: str, near: str | None) -> str:
    return f"{code}-near" if near else code
