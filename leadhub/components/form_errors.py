import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui


def form_error(errors: Var, name: str) -> rx.vars.StringVar:
    """What is wrong with one field, "" if nothing: the `error` of a kit field."""
    return rx.cond(errors.contains(name), ui.tr_key(errors[name].key, errors[name].params), "")
