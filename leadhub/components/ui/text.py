"""Texts and formats as Vars: the browser looks up and formats, state rows carry ISO strings and integers."""

from typing import Any

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars.base import Var, VarData

from leadhub.components.frontend import LIBRARY
from leadhub.texts import placeholders

TEXTS = f"{LIBRARY}/texts"


def tr(key: str, **params: Any) -> rx.vars.StringVar:
    """Return the text of a key, as a child or a prop. Raises TextMissing; ValueError for wrong parameters."""
    expected = placeholders(key)
    if expected != set(params):
        raise ValueError(f"text {key!r} takes {sorted(expected)}, got {sorted(params)}")
    return _call("tr", key, dict(params)) if params else _call("tr", key)


def tr_key(key: Var | str, params: Var | dict[str, Any] | None = None) -> rx.vars.StringVar:
    """Return the text of a key that is itself a Var, such as an error's, with its parameters."""
    return _call("tr", key, params) if params is not None else _call("tr", key)


def fmt_date(value: Any) -> rx.vars.StringVar:
    """Format an ISO date or instant as a day: 3 May 2026."""
    return _call("fmtDate", value)


def fmt_date_short(value: Any) -> rx.vars.StringVar:
    """Format an ISO date or instant as a day without its year: 3 May."""
    return _call("fmtDateShort", value)


def fmt_datetime(value: Any) -> rx.vars.StringVar:
    """Format an ISO instant in the user's time zone."""
    return _call("fmtDateTime", value)


def fmt_time(value: Any) -> rx.vars.StringVar:
    """Format the time of day of an ISO instant in the user's time zone."""
    return _call("fmtTime", value)


def fmt_relative(value: Any) -> rx.vars.StringVar:
    """Format an ISO date or instant relative to now: in 2 days, yesterday."""
    return _call("fmtRelative", value)


def fmt_due(value: Any) -> rx.vars.StringVar:
    """Format what is open and due: 3 days overdue, due today, in 2 days."""
    return _call("fmtDue", value)


def is_overdue(value: Any) -> rx.vars.BooleanVar:
    """Tell whether an ISO date or instant has passed."""
    return _call("isOverdue", value, to=bool)


def fmt_money(amount_minor: Any, currency: Any = "EUR") -> rx.vars.StringVar:
    """Format an amount in minor units: €1,250."""
    return _call("fmtMoney", amount_minor, currency)


def fmt_money_compact(amount_minor: Any, currency: Any = "EUR") -> rx.vars.StringVar:
    """Format an amount in minor units briefly: €1.3K."""
    return _call("fmtMoneyCompact", amount_minor, currency)


def fmt_number(value: Any) -> rx.vars.StringVar:
    """Format a number with the user's separators."""
    return _call("fmtNumber", value)


def fmt_compact(value: Any) -> rx.vars.StringVar:
    """Format a number briefly: 12K."""
    return _call("fmtCompact", value)


def fmt_percent(value: Any) -> rx.vars.StringVar:
    """Format a fraction 0 to 1 as a percentage."""
    return _call("fmtPercent", value)


def fmt_bytes(value: Any) -> rx.vars.StringVar:
    """Format a size in bytes: 1.4 MB."""
    return _call("fmtBytes", value)


def to_local_input(value: Any) -> rx.vars.StringVar:
    """Turn an ISO instant into the value of a date-and-time input in the user's time zone."""
    return _call("toLocalInput", value)


def initials_of(name: Any) -> rx.vars.StringVar:
    """Return the initials of a name."""
    return _call("initialsOf", name)


def hue_of(name: Any) -> rx.vars.NumberVar:
    """Return one of eight hues, 0 to 7, always the same for one name."""
    return _call("hueOf", name, to=int)


def _call(function: str, *args: Any, to: type = str) -> Any:
    parts = [Var.create(arg) for arg in args]
    return Var(
        _js_expr=f"{function}({', '.join(str(part) for part in parts)})",
        _var_data=VarData.merge(
            *(part._get_all_var_data() for part in parts),
            VarData(imports={TEXTS: [ImportVar(tag=function)]}),
        ),
    ).to(to)
