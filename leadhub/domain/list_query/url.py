"""A list's state as the text after the question mark: reload, back and a shared link restore it."""

from urllib.parse import parse_qsl, quote, unquote, urlencode

from leadhub.domain.fields import Entity
from leadhub.domain.list_query.operators import Operator
from leadhub.domain.list_query.query import (
    MOST_GROUPS,
    Filter,
    FilterGroup,
    ListQuery,
    empty_query,
    list_query,
)

_LONGEST = 8_000


def format_list_query(query: ListQuery) -> str:
    """`q=anna&sort=-score&f=stage:is:handoff;owner:one_of:me,7`; what is usual is left out."""
    usual = empty_query(query.entity)
    parts: list[tuple[str, str]] = []
    if query.view:
        parts.append(("view", query.view))
    if query.search:
        parts.append(("q", query.search))
    parts.extend(("f", _group_text(group)) for group in query.groups)
    if query.any:
        parts.append(("match", "any"))
    if (query.sort, query.descending) != (usual.sort, usual.descending):
        parts.append(("sort", f"-{query.sort}" if query.descending else query.sort))
    if query.columns:
        parts.append(("cols", ",".join(query.columns)))
    return urlencode(parts, quote_via=quote, safe=":;,")


def parse_list_query(text: str, entity: Entity = Entity.LEAD) -> ListQuery:
    """The query that a URL asks for. Junk is left out, never raised: anybody can type into an address bar."""
    if not isinstance(text, str):
        return empty_query(entity)
    try:
        pairs = parse_qsl(text[:_LONGEST].removeprefix("?"), max_num_fields=60, errors="ignore")
    except ValueError:
        return empty_query(entity)
    given = {name: value for name, value in reversed(pairs) if name != "f"}
    sort = given.get("sort", "")
    return list_query(
        entity,
        search=given.get("q", ""),
        groups=[_parse_group(value) for name, value in pairs if name == "f"][:MOST_GROUPS],
        any=given.get("match") == "any",
        sort=sort.removeprefix("-"),
        descending=sort.startswith("-"),
        columns=given.get("cols", "").split(","),
        view=given.get("view", ""),
    )


def _group_text(group: FilterGroup) -> str:
    texts = ["any"] if group.any else []
    for one in group.filters:
        values = ",".join(quote(value, safe="") for value in one.values)
        texts.append(f"{one.field}:{one.operator}:{values}" if values else f"{one.field}:{one.operator}")
    return ";".join(texts)


def _parse_group(text: str) -> FilterGroup:
    parts = text.split(";")
    chosen_any = parts[:1] == ["any"]
    filters = []
    for part in parts[1:] if chosen_any else parts:
        field, _, rest = part.partition(":")
        operator, _, values = rest.partition(":")
        if operator in set(Operator):
            given = tuple(unquote(value, errors="ignore") for value in values.split(",")) if values else ()
            filters.append(Filter(field, Operator(operator), given))
    return FilterGroup(tuple(filters), any=chosen_any)
