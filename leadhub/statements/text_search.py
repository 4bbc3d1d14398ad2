"""Finding records by a piece of text: which rows hold it, and whether they are few."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, func, literal, literal_column, or_, select, text
from sqlalchemy import union_all as all_of
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from leadhub.domain.list_query.search import SearchTerm
from leadhub.models import Account, Contact, Lead, Opportunity
from leadhub.statements.search_index import SEARCH_INDEXES, SearchIndex

#: Whose beginnings one or two letters are compared with; each has an index.
_NAMES: dict[type[SQLModel], tuple[str, ...]] = {
    Lead: ("title_sort", "account_sort", "contact_sort"),
    Contact: ("name_sort",),
    Account: ("name_sort",),
    Opportunity: ("title_sort",),
}
_with_trigrams: dict[Any, bool] = {}


def holds_term(session: Session, term: SearchTerm, model: type[SQLModel] = Lead) -> ColumnElement[bool]:
    """The test of one row, for walking an index until enough are found."""
    if term.prefix:
        return or_(*_prefix_parts(term.prefix, model))
    index = _index_of(model)
    if _is_sqlite(session):
        document = literal_column(f"({index.sqlite_document(index.table)})", String)
        return and_(*(func.instr(document, word) > 0 for word in term.words))
    return and_(*(_like(index, word) for word in term.words))


def term_hits(session: Session, term: SearchTerm, model: type[SQLModel] = Lead) -> Select[Any] | None:
    """The ids that an index finds for the term; None where there is no index for it."""
    table = _table(model)
    if term.prefix:
        parts = [select(table.c.id).where(part) for part in _prefix_parts(term.prefix, model)]
        return select(all_of(*parts).subquery().c.id)
    if not term.indexed:
        return None
    index = _index_of(model)
    if _is_sqlite(session):
        wanted = " AND ".join('"' + word.replace('"', '""') + '"' for word in term.indexed)
        return (
            select(literal_column("rowid").label("id"))
            .select_from(text(index.fts))
            .where(literal_column(index.fts).op("MATCH")(wanted))
        )
    if not _has_trigrams(session):
        return None
    return select(table.c.id).where(*(_like(index, word) for word in term.indexed))


def count_up_to(session: Session, hits: Select[Any], most: int) -> int:
    """How many hits there are; `most` + 1 stands for more."""
    return session.scalar(select(func.count()).select_from(hits.limit(most + 1).subquery())) or 0


def _prefix_parts(prefix: str, model: type[SQLModel]) -> list[ColumnElement[bool]]:
    """A name begins so: ranges of the sort indexes."""
    end = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    columns = _table(model).c
    parts = [and_(columns[name] >= prefix, columns[name] < end) for name in _NAMES[model]]
    if _index_of(model).with_number and prefix.isascii() and prefix.isdigit():
        parts.append(columns.id == int(prefix))
    return parts


def _like(index: SearchIndex, word: str) -> ColumnElement[bool]:
    pattern = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return literal_column(index.postgres_document, String).like(literal(f"%{pattern}%"))


def _index_of(model: type[SQLModel]) -> SearchIndex:
    return SEARCH_INDEXES[_table(model).name]


def _table(model: type[SQLModel]) -> Any:
    return model.__table__  # type: ignore[attr-defined]


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _has_trigrams(session: Session) -> bool:
    engine = session.get_bind().engine
    if engine not in _with_trigrams:
        has = text("SELECT 1 FROM pg_indexes WHERE indexname = :name")
        found = session.scalar(has, {"name": SEARCH_INDEXES["lead"].trigrams})
        _with_trigrams[engine] = found is not None
    return _with_trigrams[engine]
