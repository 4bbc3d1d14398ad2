"""Parts for working on one record or a board of them."""

from typing import Any, Literal

import reflex as rx
from reflex.vars.base import Var

from leadhub.components.frontend import LIBRARY
from leadhub.components.ui.base import ARIAKIT, Child, icon, optional
from leadhub.components.ui.text import tr

Text = str | Var
FieldKind = Literal[
    "text", "textarea", "number", "money", "date", "datetime", "email", "phone", "url", "select"
]


def _field_and_value(field: Var[str], value: Var[str]) -> tuple[Var[str], Var[str]]:
    return field, value


class InlineEdit(rx.Component):
    library = f"{LIBRARY}/inline"
    tag = "InlineEdit"
    lib_dependencies: list[str] = [ARIAKIT]
    field: rx.Var[str]
    label: rx.Var[str]
    value: rx.Var[Any]
    display: rx.Var[str]
    kind: rx.Var[str]
    options: rx.Var[list[Any]]
    value_key: rx.Var[str]
    label_key: rx.Var[str]
    error: rx.Var[str]
    disabled: rx.Var[bool]
    on_save: rx.EventHandler[_field_and_value]
    on_start: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_search: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def inline_field(
    *children: Child,
    field: Text,
    label: Text,
    value: Any,
    on_save: Any,
    kind: FieldKind | Var = "text",
    display: Text | None = None,
    error: Text = "",
    disabled: bool | Var = False,
    **props: Any,
) -> rx.Component:
    """Show a value that becomes a field when clicked; Enter or leaving saves, Escape puts it back.

    on_save gets (field, value as text), on_start the field when its editor opens. `display` is the written
    form of the value, children a richer one;
    kind "select" takes options (and on_search). While there is an `error` the field stays open beside it.
    """
    given = optional({"display": display})
    return InlineEdit.create(
        *children,
        field=field,
        label=label,
        value=value,
        kind=kind,
        error=error,
        disabled=disabled,
        on_save=on_save,
        **given,
        **props,
    )


class StageBar(rx.Component):
    library = f"{LIBRARY}/stages"
    tag = "StageBar"
    stages: rx.Var[list[Any]]
    busy: rx.Var[bool]
    on_pick: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def stage_bar(stages: Var | list[Any], *, on_pick: Any, busy: bool | Var = False) -> rx.Component:
    """Show the workflow bar, a group "Stages" with a button each; on_pick gets the stage's key.

    A stage has key, label, state (done, skipped, current, open, off, disabled), reason (why it cannot be
    picked), tip, and for the current one outcome (won, lost, cancelled or empty).
    """
    return StageBar.create(stages=stages, on_pick=on_pick, busy=busy)


def _card_and_column(card: Var[str], column: Var[str]) -> tuple[Var[str], Var[str]]:
    return card, column


class Kanban(rx.Component):
    library = f"{LIBRARY}/board"
    tag = "Kanban"
    lib_dependencies: list[str] = ["@dnd-kit/core@6.3.1"]
    columns: rx.Var[list[Any]]
    cards: rx.Var[list[Any]]
    currency: rx.Var[str]
    on_move: rx.EventHandler[_card_and_column]
    on_open: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_load_more: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def kanban(
    *,
    columns: Var | list[Any],
    cards: Var | list[Any],
    on_move: Any,
    on_open: Any,
    on_load_more: Any = None,
    currency: Text = "EUR",
) -> rx.Component:
    """Show a board. on_move gets (card id, column key), on_open a card id, on_load_more a column key.

    A column has key, label, count (of all, or None while counting), sum_minor and more. A card has id, column
    and title, and if known href, subtitle, amount_minor, currency, score, score_label, due_on and owner.
    """
    return Kanban.create(
        columns=columns,
        cards=cards,
        currency=currency,
        on_move=on_move,
        on_open=on_open,
        **optional({"on_load_more": on_load_more}),
    )


def _from_and_to(start: Var[str], end: Var[str]) -> tuple[Var[str], Var[str]]:
    return start, end


class DateRange(rx.Component):
    library = f"{LIBRARY}/dates"
    tag = "DateRange"
    label: rx.Var[str]
    start: rx.Var[str]
    end: rx.Var[str]
    presets: rx.Var[list[str]]
    on_change: rx.EventHandler[_from_and_to]


def date_range(
    *, label: Text, start: Text, end: Text, on_change: Any, presets: list[str] | None = None
) -> rx.Component:
    """Choose a period, both days included, or one of today, 7, 30, 90, month, quarter, year, all."""
    given = optional({"presets": presets})
    return DateRange.create(label=label, start=start, end=end, on_change=on_change, **given)


def changed_by_other(*, who: Text, changes: Var | list[Any], on_keep: Any, on_take: Any) -> rx.Component:
    """Show what somebody else saved meanwhile: changes have label, theirs and mine."""
    rows = rx.foreach(
        changes,
        lambda change: rx.el.tr(
            rx.el.th(change["label"], scope="row"), rx.el.td(change["theirs"]), rx.el.td(change["mine"])
        ),
    )
    headings = [rx.el.th(tr(key), scope="col") for key in ("ui.field", "ui.theirs", "ui.mine")]
    return rx.el.section(
        rx.el.p(icon("git-compare-arrows"), tr("ui.changed_by_other", who=who), class_name="callout warning"),
        rx.el.div(
            rx.el.table(rx.el.thead(rx.el.tr(*headings)), rx.el.tbody(rows), class_name="table"),
            class_name="table-wrap",
        ),
        rx.el.div(
            rx.el.button(
                tr("ui.take_theirs"), type="button", class_name="btn secondary sm", on_click=on_take
            ),
            rx.el.button(tr("ui.keep_mine"), type="button", class_name="btn primary sm", on_click=on_keep),
            class_name="form-actions",
        ),
        role="alert",
        class_name="stack",
    )


class CommandPalette(rx.Component):
    library = f"{LIBRARY}/palette"
    tag = "CommandPalette"
    lib_dependencies: list[str] = [ARIAKIT]
    open: rx.Var[bool]
    label: rx.Var[str]
    placeholder: rx.Var[str]
    results: rx.Var[list[Any]]
    commands: rx.Var[list[Any]]
    loading: rx.Var[bool]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]
    on_search: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_pick: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def command_palette(
    *,
    label: Text,
    open: bool | Var,
    on_close: Any,
    results: Var | list[Any],
    commands: Var | list[Any],
    on_search: Any,
    on_pick: Any,
    placeholder: Text = "",
    loading: bool | Var = False,
) -> rx.Component:
    """Show search and commands in one dialog.

    on_search gets what is typed, on_pick the value of what has no href. Results and commands have value and
    label, and if known hint, group (its written name), href, keys and kind: lead, contact, account,
    opportunity, activity, command.
    """
    return CommandPalette.create(
        label=label,
        open=open,
        on_close=on_close,
        results=results,
        commands=commands,
        on_search=on_search,
        on_pick=on_pick,
        placeholder=placeholder,
        loading=loading,
    )


class NamedFileInput(rx.Component):
    library = f"{LIBRARY}/behaviour"
    tag = "NamedFileInput"
    label: rx.Var[str]


def file_drop(*, id: str, label: Text, hint: Text = "", on_drop: Any = None, **props: Any) -> rx.Component:
    """Show where files are dropped or chosen; send them by on_drop or rx.upload_files(id)."""
    zone = rx.upload.root(
        icon("upload"),
        rx.el.span(label, class_name="strong"),
        rx.el.span(hint, class_name="small"),
        id=id,
        class_name="drop",
        **optional({"on_drop": on_drop}),
        **props,
    )
    return NamedFileInput.create(zone, label=label)
