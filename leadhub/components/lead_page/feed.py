from typing import Any

import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.components.form_errors import form_error
from leadhub.routes import attachment_url
from leadhub.state.lead_page import LeadPage

_UPLOAD = "lead-files"
FILES = attachment_url(0).removesuffix("0")


def feed_tab() -> rx.Component:
    """Comments, final or not; colleagues are mentioned by name and told."""
    return rx.el.div(
        rx.cond(
            LeadPage.may["comment"],
            ui.form(
                ui.textarea_field(
                    name="body",
                    label=ui.tr("leads.feed.comment"),
                    rows=3,
                    error=form_error(LeadPage.errors, "body"),
                ),
                ui.multi_combobox(
                    name="mentions",
                    label=ui.tr("lead_page.mention"),
                    options=LeadPage.people,
                    on_search=LeadPage.find_people,
                    placeholder=ui.tr("lead_page.mention_hint"),
                ),
                ui.form_actions(ui.button(ui.tr("lead_page.send"), type="submit", variant="primary")),
                on_submit=LeadPage.comment,
                key=LeadPage.posts_written.to(str),
            ),
        ),
        rx.cond(
            LeadPage.posts.length() > 0,
            post_list(LeadPage.posts, ui.tr("lead_page.tab_feed")),
            ui.empty_state(ui.tr("lead_page.feed_empty"), icon_name="message-square"),
        ),
        class_name="stack loose",
    )


def post_list(posts: Var, label: Var, *, on_remove: Any = LeadPage.remove_post) -> rx.Component:
    return rx.el.ol(rx.foreach(posts, lambda one: post(one, on_remove)), class_name="posts", aria_label=label)


def post(one: Var, on_remove: Any) -> rx.Component:
    return rx.el.li(
        ui.avatar(one.author),
        rx.el.div(
            rx.el.div(
                rx.el.span(one.author, class_name="strong"),
                rx.cond(one.kind == "handoff", ui.pill(ui.tr("timeline.handoff"), tone="violet")),
                rx.el.time(
                    ui.fmt_relative(one.at),
                    date_time=one.at,
                    class_name="small faint",
                    custom_attrs={"data-tip": ui.fmt_datetime(one.at)},
                ),
                rx.cond(one.is_edited, rx.el.span(ui.tr("lead_page.edited"), class_name="small faint")),
                rx.el.span(class_name="grow"),
                rx.cond(
                    one.is_own,
                    ui.icon_button(
                        "trash-2",
                        label=ui.tr("lead_page.delete_post"),
                        size="sm",
                        on_click=on_remove(one.id),
                    ),
                ),
                class_name="row",
            ),
            rx.el.p(one.body, class_name="prose"),
            rx.cond(
                one.mentions.length() > 0,
                ui.row(
                    rx.foreach(one.mentions, lambda name: ui.pill("@", name, tone="info")), class_name="wrap"
                ),
            ),
            class_name="grow",
        ),
        key=one.id.to(str),
    )


def files_tab() -> rx.Component:
    return rx.el.div(
        ui.card(
            rx.cond(
                LeadPage.files.length() > 0,
                rx.el.ul(rx.foreach(LeadPage.files, _file), class_name="task-list"),
                rx.el.p(ui.tr("lead_page.files_empty"), class_name="muted pad"),
            ),
            rx.cond(
                LeadPage.may["comment"],
                rx.el.div(
                    ui.file_drop(
                        id=_UPLOAD,
                        label=ui.tr("lead_page.drop_files"),
                        hint=ui.tr("lead_page.drop_limit", size=LeadPage.largest_mb),
                        on_drop=LeadPage.upload(
                            rx.upload_files(upload_id=_UPLOAD, on_upload_progress=LeadPage.upload_progress)  # type: ignore[arg-type]
                        ),
                    ),
                    rx.cond(
                        LeadPage.upload_percent >= 0,
                        ui.progress_bar(label=ui.tr("lead_page.uploading"), done=LeadPage.upload_percent),
                    ),
                    class_name="stack pad",
                ),
            ),
            title=ui.tr("lead_page.files"),
            flush=True,
        ),
        ui.card(
            rx.cond(LeadPage.may["comment"], _note_form()),
            rx.cond(
                LeadPage.notes.length() > 0,
                post_list(LeadPage.notes, ui.tr("lead_page.notes")),
                rx.el.p(ui.tr("lead_page.notes_empty"), class_name="muted"),
            ),
            title=ui.tr("lead_page.notes"),
        ),
        class_name="stack loose",
    )


def _note_form() -> rx.Component:
    return ui.form(
        ui.textarea_field(
            name="body",
            label=ui.tr("lead_page.note"),
            rows=2,
            error=form_error(LeadPage.errors, "body"),
        ),
        ui.form_actions(ui.button(ui.tr("lead_page.add_note"), type="submit")),
        on_submit=LeadPage.write_note,
        key=LeadPage.posts_written.to(str),
    )


def _file(file: Var) -> rx.Component:
    return rx.el.li(
        ui.icon("paperclip"),
        rx.el.div(
            rx.el.a(
                file.file_name,
                href=FILES + file.id.to(str),
                class_name="link",
                custom_attrs={"reloadDocument": True},
            ),
            rx.el.div(
                *(ui.fmt_bytes(file.size_bytes), " · ", file.by, " · ", ui.fmt_relative(file.at)),
                class_name="small faint",
            ),
            class_name="grow",
        ),
        rx.cond(
            LeadPage.may["comment"],
            ui.icon_button(
                "trash-2",
                label=ui.tr("lead_page.delete_file", name=file.file_name),
                size="sm",
                on_click=LeadPage.remove_file(file.id),
            ),
        ),
    )
