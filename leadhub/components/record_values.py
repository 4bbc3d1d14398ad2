import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui


def written(kind: Var, value: Var) -> Var:
    """A value as text, by the kind of its field: days, moments and amounts in the reader's format."""
    return rx.cond(
        value == "",
        "",
        rx.match(
            kind,
            ("money", ui.fmt_money(value)),
            ("date", ui.fmt_date(value)),
            ("datetime", ui.fmt_datetime(value)),
            ("percent", value.to(str) + " %"),
            ("choice", ui.tr_key(value)),
            ("boolean", ui.tr_key(value)),
            value,
        ),
    )
