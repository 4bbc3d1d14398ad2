"""What tells a state: pills, people, progress, and the empty, loading and failed views."""

from typing import Any, Literal

import reflex as rx
from reflex.vars.base import Var

from leadhub.components.frontend import LIBRARY
from leadhub.components.ui.base import Child, Tone, choose, icon, present, when
from leadhub.components.ui.text import hue_of, initials_of, tr

Text = str | Var
LIFE_CYCLE_TONES = (
    ("pending", "info"),
    ("in_progress", "violet"),
    ("won", "success"),
    ("lost", "danger"),
    ("cancelled", "neutral"),
)


def pill(*children: Child, tone: Tone = "neutral", dot: bool = False, **props: Any) -> rx.Component:
    """Show a short state word. Tones: neutral, info, success, warning, danger, violet, outline."""
    mark = rx.el.span(class_name="dot", aria_hidden="true") if dot else rx.fragment()
    return rx.el.span(mark, *children, class_name=["pill", tone], **props)


def stage_badge(label: Text, life_cycle: Text) -> rx.Component:
    """Show a stage in the tone of its life-cycle state: pending, in_progress, won, lost, cancelled."""
    if isinstance(life_cycle, Var):
        return pill(label, tone=rx.match(life_cycle, *LIFE_CYCLE_TONES, "neutral"), dot=True)
    return pill(label, tone=dict(LIFE_CYCLE_TONES).get(life_cycle, "neutral"), dot=True)


def count_badge(count: int | Var, *, alert: bool = False) -> rx.Component:
    """Show a small number."""
    return rx.el.span(count, class_name="count alert" if alert else "count")


def avatar(name: Text, *, size: Literal["sm", "md", "lg"] = "md") -> rx.Component:
    """Show a person's initials; decoration beside the written name."""
    return rx.el.span(
        initials_of(name), class_name=["avatar", size, f"hue-{hue_of(name)}"], aria_hidden="true"
    )


def person(name: Text, *, size: Literal["sm", "md"] = "sm") -> rx.Component:
    """Show a person's initials and name."""
    return rx.el.span(avatar(name, size=size), rx.el.span(name, class_name="truncate"), class_name="person")


class ScoreGauge(rx.Component):
    library = f"{LIBRARY}/gauge"
    tag = "ScoreGauge"
    score: rx.Var[int]
    label: rx.Var[str]
    provisional: rx.Var[bool]
    size: rx.Var[int]


def score_gauge(
    score: int | Var, *, label: Text, size: int = 18, provisional: bool | Var = False
) -> rx.Component:
    """Show a score 0 to 100 as a ring with its band's mark; 0 is not scored."""
    return ScoreGauge.create(score=score, label=label, size=size, provisional=provisional)


def progress_bar(*, label: Text, done: int | Var | None = None, total: int | Var = 100) -> rx.Component:
    """Show how far something is, or only that it runs if `done` is not given."""
    if done is None:
        return rx.el.div(rx.el.i(), class_name="progress indeterminate", role="progressbar", aria_label=label)
    share = (
        Var.create(done).to(float)
        * 100
        / rx.cond(Var.create(total).to(float) > 0, Var.create(total).to(float), 1.0)
    )
    return rx.el.div(
        rx.el.i(style={"width": f"{share}%"}),
        class_name="progress",
        role="progressbar",
        aria_label=label,
        aria_valuemin="0",
        aria_valuemax=f"{total}",
        aria_valuenow=f"{done}",
    )


def skeleton(*, width: str = "100%", height: str = "12px") -> rx.Component:
    """Show the place of something that is loading."""
    return rx.el.span(class_name="skeleton", style={"width": width, "height": height}, aria_hidden="true")


def skeleton_rows(count: int = 8) -> rx.Component:
    """Show the place of a list that is loading."""
    widths = ("62%", "48%", "71%", "55%", "66%", "43%", "58%", "69%")
    return rx.el.div(
        rx.el.span(tr("ui.loading"), class_name="sr-only"),
        *[
            rx.el.div(
                skeleton(width="20px", height="20px"),
                skeleton(width=widths[row % 8]),
                class_name="row",
                style={"height": "35px", "padding": "0 16px"},
            )
            for row in range(count)
        ],
        role="status",
    )


def empty_state(
    message: Text, *, icon_name: str = "inbox", hint: Text = "", action: rx.Component | None = None
) -> rx.Component:
    """Say that there is nothing, and what to do about it."""
    return rx.el.div(
        rx.el.span(icon(icon_name), class_name="state-icon"),
        rx.el.strong(message),
        when(present(hint), rx.el.p(hint)),
        action if action is not None else rx.fragment(),
        class_name="state-note",
    )


def error_state(message: Text, *, hint: Text = "", on_retry: Any = None) -> rx.Component:
    """Say that something failed, and offer to try again."""
    retry = (
        rx.el.button(tr("ui.retry"), type="button", class_name="btn secondary", on_click=on_retry)
        if on_retry is not None
        else rx.fragment()
    )
    return rx.el.div(
        rx.el.span(icon("triangle-alert"), class_name="state-icon"),
        rx.el.strong(message),
        when(present(hint), rx.el.p(hint)),
        retry,
        class_name="state-note danger",
        role="alert",
    )


def callout(*children: Child, tone: Tone = "info", icon_name: str = "info") -> rx.Component:
    """Show a hint in a coloured box: info, success, warning, danger, neutral."""
    return rx.el.div(icon(icon_name), rx.el.div(*children, class_name="grow"), class_name=["callout", tone])


def due_text(value: Var, formatted: Var, overdue: Var) -> rx.Component:
    """Show a due date, red once it has passed; give fmt_due(day) and is_overdue(day)."""
    return rx.el.time(formatted, date_time=value, class_name=["tnum", choose(overdue, "overdue", "")])
