from enum import StrEnum

from leadhub.domain.fields import FieldKind


class Operator(StrEnum):
    """What a filter may ask of a field. The label is the text filters.operator.<operator>."""

    IS = "is"
    IS_NOT = "is_not"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    CONTAINS = "contains"
    NOT_CONTAINS = "not_contains"
    STARTS_WITH = "starts_with"
    LESS = "less"
    AT_MOST = "at_most"
    MORE = "more"
    AT_LEAST = "at_least"
    BETWEEN = "between"
    ON = "on"
    BEFORE = "before"
    AFTER = "after"
    LAST_DAYS = "last_days"
    NEXT_DAYS = "next_days"
    OLDER_THAN_DAYS = "older_than_days"
    TODAY = "today"
    YESTERDAY = "yesterday"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this_week"
    LAST_WEEK = "last_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    THIS_YEAR = "this_year"
    OVERDUE = "overdue"
    EMPTY = "empty"
    NOT_EMPTY = "not_empty"


O = Operator  # noqa: E741
K = FieldKind

#: Operator → least and most values it takes; the rest take exactly one.
ARITY: dict[Operator, tuple[int, int]] = {
    O.ONE_OF: (1, 100),
    O.NONE_OF: (1, 100),
    O.BETWEEN: (2, 2),
    **dict.fromkeys(
        (
            O.TODAY, O.YESTERDAY, O.TOMORROW, O.THIS_WEEK, O.LAST_WEEK, O.THIS_MONTH, O.LAST_MONTH,
            O.THIS_QUARTER, O.THIS_YEAR, O.OVERDUE, O.EMPTY, O.NOT_EMPTY,
        ),
        (0, 0),
    ),
}  # fmt: skip
#: Operators whose one value is a number of days.
DAYS = frozenset({O.LAST_DAYS, O.NEXT_DAYS, O.OLDER_THAN_DAYS})

TEXT_KINDS = frozenset({K.TEXT, K.LONG_TEXT, K.EMAIL, K.PHONE, K.URL})
NUMBER_KINDS = frozenset({K.INTEGER, K.PERCENT, K.MONEY, K.SCORE})
DATE_KINDS = frozenset({K.DATE, K.DATETIME})
REFERENCE_KINDS = frozenset(
    {K.LOOKUP, K.USER, K.UNIT, K.GROUP, K.CONTACT, K.ACCOUNT, K.LEAD, K.OPPORTUNITY, K.CAMPAIGN, K.LEAD_TYPE}
)
KEY_KINDS = frozenset({K.CHOICE, K.STAGE})

_EMPTINESS = (O.EMPTY, O.NOT_EMPTY)
_TEXT = (O.CONTAINS, O.NOT_CONTAINS, O.IS, O.IS_NOT, O.STARTS_WITH, *_EMPTINESS)
_NUMBER = (O.IS, O.IS_NOT, O.LESS, O.AT_MOST, O.MORE, O.AT_LEAST, O.BETWEEN, *_EMPTINESS)
_DATE = (
    O.ON, O.BEFORE, O.AFTER, O.BETWEEN, O.LAST_DAYS, O.NEXT_DAYS, O.OLDER_THAN_DAYS, O.TODAY, O.YESTERDAY,
    O.TOMORROW, O.THIS_WEEK, O.LAST_WEEK, O.THIS_MONTH, O.LAST_MONTH, O.THIS_QUARTER, O.THIS_YEAR,
    O.OVERDUE, *_EMPTINESS,
)  # fmt: skip
_REFERENCE = (O.IS, O.IS_NOT, O.ONE_OF, O.NONE_OF, *_EMPTINESS)
_KEY = (O.IS, O.IS_NOT, O.ONE_OF, O.NONE_OF)


def operators_of(kind: FieldKind) -> tuple[Operator, ...]:
    """The operators that a filter on a field of this kind may use, the default first."""
    if kind in TEXT_KINDS:
        return _TEXT
    if kind in NUMBER_KINDS:
        return _NUMBER
    if kind in DATE_KINDS:
        return _DATE
    if kind in REFERENCE_KINDS:
        return _REFERENCE
    if kind in KEY_KINDS:
        return _KEY
    return (O.IS,)


def arity_of(operator: Operator) -> tuple[int, int]:
    return ARITY.get(operator, (1, 1))
