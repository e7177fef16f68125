"""`simpul families`, `join`, `split` and `drift`: copies of one release, and what they changed."""

from collections.abc import Iterable
from shlex import quote

import click
import pyoxigraph as ox
from pydantic import ValidationError

from simpul.graph_builder import (
    Join,
    Loaded,
    Split,
    find_ecosystem,
    read_decisions,
    record_decision,
    settled_records,
    standing_decisions,
)
from simpul.graph_builder.evidence import (
    Difference,
    Drift,
    DriftKind,
    Family,
    Likeness,
    Printed,
    Verdict,
    drift_of,
    find_families,
    group_families,
    likenesses,
    open_questions,
    outlet,
)
from simpul.queries import Format, Rows, Term

from .asking import FORMAT, print_result
from .deciding import decision_options, own_ecosystem, today
from .evidence import DOCUMENT, articles_of, known_source
from .naming_records import (
    ECOSYSTEM,
    UnfitName,
    completed_from,
    near_name,
    sound_records,
)
from .session import Session
from .spoken import SpokenCommand

MOST_ASKED = 20
FAMILY = click.argument(
    "family",
    metavar="FAMILY",
    shell_complete=completed_from(
        lambda loaded: (family.key for family in find_families(loaded, {}))
    ),
)


@click.command(
    cls=SpokenCommand,
    examples=("simpul families footwear", "simpul families seed --format json"),
)
@click.argument("ecosystem", required=False)
@click.option("--pairs", is_flag=True)
@FORMAT
@click.pass_obj
def families(
    session: Session, ecosystem: str | None, pairs: bool, format: Format
) -> None:
    """List families of copies, and propose what texts say."""
    home = find_ecosystem(ecosystem)
    loaded = sound_records(session, home)
    articles = articles_of(session, home.folder, loaded)
    with session.working("comparing-texts"):
        alike = likenesses(loaded, articles.readings)
    decided = standing_decisions(read_decisions(home.folder)[0]).families
    found = group_families(loaded, alike, decided)
    print_result(
        _pair_rows(alike) if pairs else _family_rows(session, found), format, None
    )
    where = f" --ecosystem {quote(ecosystem)}" if ecosystem else ""
    for family in found:
        _tell_proposals(session, family, where)
    asked = open_questions(found, alike, decided)
    for pair in asked[:MOST_ASKED]:
        reasons = _reasons(session, pair)
        session.tell("family-asked", one=pair.one, other=pair.other, reasons=reasons)
    if len(asked) > MOST_ASKED:
        session.tell("family-asked-more", count=len(asked) - MOST_ASKED)
    session.tell(
        "families-told",
        families=len(found),
        articles=sum(len(family.articles) for family in found),
        texts=len(articles.readings),
    )


@click.command(
    cls=SpokenCommand,
    examples=(
        (
            "simpul init joined --from footwear && simpul join detik-2024-groundbreaking "
            "rel-kemenperin-2024-09-11-groundbreaking-bpipi --ecosystem joined "
            '--why "Its figures come from the statement."'
        ),
    ),
)
@DOCUMENT
@FAMILY
@click.option("--new", is_flag=True)
@decision_options
@ECOSYSTEM
@click.pass_obj
def join(
    session: Session,
    document: str,
    family: str,
    new: bool,
    why: str,
    by: str,
    ecosystem: str | None,
) -> None:
    """Decide that a source belongs to a family of copies."""
    home = own_ecosystem(ecosystem)
    loaded = settled_records(home)
    known_source(session, loaded, document)
    before = find_families(loaded, {})
    family = _family_meant(before, family)
    known = {
        *loaded.records["source"],
        *(key for each in before for key in each.origins),
    }
    if family not in known and not new:
        near = near_name(session, family, known)
        raise UnfitName(session.say("no-such-family", name=family, near=near))
    made = next((each for each in before if document in each.documents), None)
    if made and made.origins == (family,) and document != family:
        session.tell("already-so", document=document)
        click.echo(f"{family}\t{_line(session, made)}")
        return
    day = today().isoformat()
    try:
        decision = Join(when=day, who=by, why=why, source=document, family=family)
    except ValidationError as error:  # all but a new key is known to be right
        raise UnfitName(session.say("family-key-unfit", name=family)) from error
    after = settled_records(home, [decision])
    circles = (p for p in after.problems if p.code == "family-in-circle")
    if any(problem.key == document for problem in circles):
        raise UnfitName(session.say("family-circle", document=document, family=family))
    record_decision(home.folder, decision)
    joined = next(
        each for each in find_families(after, {}) if document in each.documents
    )
    line = _line(session, joined)
    session.tell("joined", document=document, family=family, line=line)
    click.echo(f"{family}\t{line}")


@click.command(
    cls=SpokenCommand,
    examples=(
        (
            "simpul init parted --from footwear && simpul split industry-2024-groundbreaking "
            '--why "Their own report." --ecosystem parted'
        ),
    ),
)
@DOCUMENT
@decision_options
@ECOSYSTEM
@click.pass_obj
def split(
    session: Session, document: str, why: str, by: str, ecosystem: str | None
) -> None:
    """Decide that a source stands alone."""
    home = own_ecosystem(ecosystem)
    known_source(session, settled_records(home), document)
    day = today().isoformat()
    record_decision(home.folder, Split(when=day, who=by, why=why, source=document))
    session.tell("split-off", document=document)
    click.echo(document)


@click.command(
    cls=SpokenCommand,
    examples=(
        "simpul drift rel-kemenperin-2024-09-11-groundbreaking-bpipi",
        "simpul drift antara-2019-ifcc-en --format csv",
    ),
)
@FAMILY
@click.option("--every-word", is_flag=True)
@FORMAT
@ECOSYSTEM
@click.pass_obj
def drift(
    session: Session,
    family: str,
    every_word: bool,
    format: Format,
    ecosystem: str | None,
) -> None:
    """Show what copies changed."""
    home = find_ecosystem(ecosystem)
    loaded = sound_records(session, home)
    articles = articles_of(session, home.folder, loaded)
    decided = standing_decisions(read_decisions(home.folder)[0]).families
    found = find_families(loaded, articles.readings, decided)
    named = {key: each for each in found for key in (*each.documents, *each.origins)}
    if family not in named:
        near = near_name(session, family, named)
        raise UnfitName(session.say("no-such-family", name=family, near=near))
    told = drift_of(loaded, named[family], articles.readings)
    shown = [
        each
        for each in told.differences
        if every_word or each.kind is not DriftKind.WORD
    ]
    keyed = format is not Format.TABLE
    print_result(_drift_rows(session, loaded, shown, keyed=keyed), format, None)
    _tell_drift(session, loaded, told, hidden=len(told.differences) - len(shown))


def _family_meant(found: Iterable[Family], key: str) -> str:
    """The family of a document that is not an origin itself; else the key as it is."""
    homes = {document: each.key for each in found for document in each.articles}
    return homes.get(key, key)


def _line(session: Session, family: Family) -> str:
    articles, origins = len(family.articles), len(family.origins)
    one = ("-one-article" if origins != 1 else "-one-one") if articles == 1 else ""
    code = one or ("-one-origin" if origins == 1 else "")
    facts = {"articles": articles, "origins": origins}
    return session.say(f"family-line{code}", **facts)


def _family_rows(session: Session, found: Iterable[Family]) -> Rows:
    columns = ("family", "summary", "articles", "origins", "documents", "proposed")
    rows = [
        (
            ox.Literal(family.key),
            ox.Literal(_line(session, family)),
            ox.Literal(len(family.articles)),
            ox.Literal(len(family.origins)),
            ox.Literal(", ".join(family.members)),
            ox.Literal(", ".join(family.proposed)),
        )
        for family in found
    ]
    return Rows(columns, tuple(rows))


def _pair_rows(alike: Iterable[Likeness]) -> Rows:
    columns = (
        *("one", "other", "containment", "quotations", "statement", "days"),
        "verdict",
    )
    rows = [
        (
            ox.Literal(pair.one),
            ox.Literal(pair.other),
            ox.Literal(round(pair.containment, 3)),
            ox.Literal(pair.quotations),
            ox.Literal(pair.statement),
            None if pair.days is None else ox.Literal(pair.days),
            ox.Literal(str(pair.verdict)),
        )
        for pair in alike
    ]
    return Rows(columns, tuple(rows))


def _tell_proposals(session: Session, family: Family, where: str) -> None:
    """Say why each proposed document belongs to a family, and the line that would decide it."""
    new = "" if family.members else " --new"
    for document in family.proposed:
        pairs = [p for p in family.reasons if document in (p.one, p.other)]
        joins = [p for p in pairs if p.verdict is Verdict.JOIN]
        # A document may hang on another proposed one; the strongest tie is the reason.
        best = max(joins, key=lambda pair: pair.containment)
        other = best.other if document == best.one else best.one
        reasons = _reasons(session, best)
        session.tell("family-proposed", one=document, other=other, reasons=reasons)
        facts = {"document": document, "family": family.key, "new": new}
        session.tell("family-command", where=where, **facts)


def _reasons(session: Session, pair: Likeness) -> str:
    reasons = [session.say("reason-containment", percent=round(100 * pair.containment))]
    if pair.quotations:
        reasons.append(session.say("reason-quotations", count=pair.quotations))
    if pair.statement:
        reasons.append(session.say("reason-statement"))
    if pair.days is not None:
        reasons.append(session.say("reason-days", days=pair.days))
    return ", ".join(reasons)


def _drift_rows(
    session: Session,
    loaded: Loaded,
    differences: Iterable[Difference],
    *,
    keyed: bool,
) -> Rows:
    """A row for each form of each difference; `keyed` adds the keys of its documents."""
    columns = ("kind", "about", "printed", "outlets", "outside", "documents")
    shown = len(columns) if keyed else -1
    rows: list[tuple[Term, ...]] = []
    for difference in differences:
        for form in difference.forms:
            cells = (
                difference.kind.value,
                difference.about,
                _printed(session, form),
                ", ".join(outlet(loaded, key) for key in form.inside),
                ", ".join(outlet(loaded, key) for key in form.outside),
                ", ".join((*form.inside, *form.outside)),
            )
            rows.append(tuple(map(ox.Literal, cells[:shown])))
    return Rows(columns[:shown], tuple(rows))


def _printed(session: Session, form: Printed) -> str:
    if form.form is None:
        stance = "supports" if form.stance == "supports" else "disputes"
        return session.say(f"stance-{stance}")
    if isinstance(form.form, str):
        return form.form
    return form.form.id if session.lang == "id" else form.form.en


def _tell_drift(session: Session, loaded: Loaded, told: Drift, hidden: int) -> None:
    line = _line(session, told.family)
    if told.beside and told.alignments:
        name = outlet(loaded, told.beside)
        session.tell("drift-beside", line=line, outlet=name, document=told.beside)
    else:
        session.tell("drift-records", line=line)
    for document, copy in sorted(told.alignments.items()):
        session.tell(
            "drift-copy",
            outlet=outlet(loaded, document),
            document=document,
            kept=copy.sentences - copy.dropped,
            sentences=copy.sentences,
            added=copy.added,
            reworded=copy.reworded,
        )
    if hidden:
        session.tell("drift-words", count=hidden)
    if not told.differences:
        session.tell("drift-none")
