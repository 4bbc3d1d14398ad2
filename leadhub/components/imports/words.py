import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui

ENTITIES = ("lead", "contact", "account", "opportunity", "activity", "campaign")
_TONES = (
    ("queued", "info"),
    ("running", "info"),
    ("done", "success"),
    ("cancelled", "warning"),
    ("failed", "danger"),
    ("undone", "neutral"),
)


def entity_words(entity: Var) -> Var:
    """Leads, Contacts, …"""
    return ui.tr_key("import.entity_" + entity.to(str))


def status_pill(status: Var) -> rx.Component:
    return ui.pill(
        ui.tr_key("import.status_" + status.to(str)), tone=rx.match(status, *_TONES, "outline"), dot=True
    )


def counts(run: Var) -> rx.Component:
    """Created, updated, skipped and failed, each with its name."""
    pairs = (
        ("import.created", run.created),
        ("import.updated", run.updated),
        ("import.skipped", run.skipped),
        ("import.failed", run.failed),
    )
    return rx.el.dl(
        *[
            rx.el.div(
                rx.el.dt(ui.tr_key(key)),
                rx.el.dd(ui.fmt_number(value), class_name="tnum"),
                custom_attrs={"data-count": key.removeprefix("import.")},
            )
            for key, value in pairs
        ],
        class_name="import-counts",
    )
