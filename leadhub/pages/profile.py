import reflex as rx
from reflex.style import set_color_mode

from leadhub.components import ui
from leadhub.components.form_errors import form_error
from leadhub.components.shell import page_shell
from leadhub.state.profile import ProfileState

LANGUAGES = (("en", "English"), ("de", "Deutsch"))


def profile_page() -> rx.Component:
    return page_shell(
        rx.el.div(_details(), _theme(), _password(), _sessions(), class_name="stack loose narrow"),
        title=ui.tr("people.profile"),
    )


def _details() -> rx.Component:
    profile = ProfileState.profile
    return ui.card(
        ui.form(
            ui.form_grid(
                ui.text_field(
                    name="name",
                    label=ui.tr("people.name"),
                    default_value=profile.name,
                    key=profile.name,
                    error=form_error(ProfileState.errors, "name"),
                    required=True,
                    auto_complete="name",
                ),
                ui.text_field(
                    name="email",
                    label=ui.tr("people.email"),
                    value=profile.email,
                    read_only=True,
                    hint=ui.tr("people.email_by_admin"),
                ),
                ui.select_field(
                    name="locale",
                    label=ui.tr("people.locale"),
                    options=[{"value": code, "label": name} for code, name in LANGUAGES],
                    default_value=profile.locale,
                    key=profile.locale,
                    error=form_error(ProfileState.errors, "locale"),
                ),
                ui.combobox(
                    name="time_zone",
                    label=ui.tr("people.time_zone"),
                    options=ProfileState.zones,
                    default_value=profile.time_zone,
                    key=profile.time_zone,
                    error=form_error(ProfileState.errors, "time_zone"),
                ),
            ),
            ui.switch_field(
                name="notify_by_mail",
                label=ui.tr("people.notify_by_mail"),
                hint=ui.tr("people.notify_by_mail_hint"),
                default_checked=profile.notify_by_mail,
                key=profile.notify_by_mail.to(str),
            ),
            ui.form_actions(ui.button(ui.tr("ui.save"), type="submit", variant="primary")),
            on_submit=ProfileState.save,
        ),
        title=ui.tr("people.details"),
    )


def _theme() -> rx.Component:
    modes = (("light", "sun"), ("dark", "moon"), ("system", "monitor"))
    return ui.card(
        ui.row(
            ui.segmented(
                *[(mode, ui.tr_key(f"shell.{mode}"), icon) for mode, icon in modes],
                value=rx.color_mode,
                on_change=set_color_mode,
                label=ui.tr("people.theme"),
                name="theme",
            )
        ),
        title=ui.tr("people.theme"),
    )


def _password() -> rx.Component:
    return ui.card(
        ui.form(
            ui.form_grid(
                rx.cond(
                    ProfileState.profile.has_password,
                    ui.text_field(
                        name="current_password",
                        label=ui.tr("people.current_password"),
                        type="password",
                        auto_complete="current-password",
                        error=form_error(ProfileState.errors, "current_password"),
                        required=True,
                    ),
                ),
                ui.text_field(
                    name="new_password",
                    label=ui.tr("people.new_password"),
                    type="password",
                    auto_complete="new-password",
                    hint=ui.tr("people.password_hint"),
                    error=form_error(ProfileState.errors, "new_password"),
                    required=True,
                ),
            ),
            ui.form_actions(ui.button(ui.tr("people.change_password"), type="submit")),
            on_submit=ProfileState.change_password,
            key=ProfileState.password_form.to(str),
        ),
        title=ui.tr("people.password"),
    )


def _sessions() -> rx.Component:
    return ui.card(
        ui.table(
            label=ui.tr("people.sessions"),
            header=[
                ui.header_cell(ui.tr("people.device")),
                ui.header_cell(ui.tr("people.address")),
                ui.header_cell(ui.tr("people.signed_in")),
                ui.header_cell(ui.tr("people.last_seen")),
                ui.header_cell(rx.el.span(ui.tr("settings.actions"), class_name="sr-only")),
            ],
            body=rx.foreach(ProfileState.sessions, _session),
        ),
        title=ui.tr("people.sessions"),
        actions=rx.cond(
            ProfileState.sessions.length() > 1,
            ui.button(ui.tr("people.revoke_others"), size="sm", on_click=ProfileState.revoke_others),
        ),
        flush=True,
    )


def _session(row: rx.Var) -> rx.Component:
    return ui.table_row(
        ui.cell(row.device, rx.cond(row.current, ui.pill(ui.tr("people.this_session"), tone="success"))),
        ui.cell(row.address),
        ui.cell(ui.fmt_datetime(row.created_at)),
        ui.cell(ui.fmt_relative(row.last_seen_at)),
        ui.cell(
            rx.cond(
                row.current,
                rx.fragment(),
                ui.button(
                    ui.tr("people.revoke"),
                    size="sm",
                    variant="danger",
                    aria_label=ui.tr("people.revoke_named", device=row.device),
                    on_click=ProfileState.revoke(row.id),
                ),
            ),
            numeric=True,
        ),
    )
