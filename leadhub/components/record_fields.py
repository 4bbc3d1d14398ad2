"""Fields of a record edited in their place, for every page whose state has an `EditingPart`."""

from typing import Any

import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.components.form_errors import form_error
from leadhub.components.record_values import written


def field_group(shown: Var, *, state: Any, version: Var) -> rx.Component:
    """One group of the registry, a region named by its title."""
    return ui.card(
        rx.el.dl(rx.foreach(shown.fields, lambda one: _field(one, state, version)), class_name="field-list"),
        title=ui.tr_key(shown.label_key),
    )


def _field(one: Var, state: Any, version: Var) -> rx.Component:
    """One inline field; the rule that a value breaks stands beside it."""
    label = ui.tr_key(one.label_key)
    return rx.el.div(
        rx.el.dt(label),
        rx.el.dd(
            ui.inline_field(
                field=one.key,
                label=label,
                kind=one.editor,
                value=rx.cond(one.editor == "datetime", ui.to_local_input(one.value), one.value),
                display=written(one.kind, one.display),
                disabled=~one.can_edit,
                error=form_error(state.errors, one.key),
                options=rx.cond(state.options_field == one.key, state.options, []),
                on_search=lambda typed: state.search_options(one.key, typed),
                on_start=lambda key: state.begin_edit(key, version),
                on_save=state.save_field,
            )
        ),
        class_name=rx.cond(one.kind == "long_text", "wide", ""),
    )


def stale_panel(state: Any) -> rx.Component:
    """What somebody else saved meanwhile: keep one's own, or take theirs."""
    return rx.cond(
        state.stale.length() > 0,
        ui.changed_by_other(
            who=state.stale_by, changes=state.stale, on_keep=state.keep_mine, on_take=state.take_theirs
        ),
    )
