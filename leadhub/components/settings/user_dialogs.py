import reflex as rx

from leadhub.components import ui
from leadhub.components.form_errors import form_error
from leadhub.components.sign_in import hidden_value
from leadhub.domain.actor import Role
from leadhub.domain.permissions import Right
from leadhub.state.users import UsersState


def user_dialogs() -> rx.Component:
    return rx.fragment(_edit(), _deactivate(), _link())


def _edit() -> rx.Component:
    detail = UsersState.detail
    is_new = detail.id == 0
    return ui.dialog(
        ui.form(
            hidden_value("id", detail.id.to(str)),
            ui.form_grid(
                ui.text_field(
                    name="name",
                    label=ui.tr("people.name"),
                    default_value=detail.name,
                    error=form_error(UsersState.errors, "name"),
                    required=True,
                ),
                ui.text_field(
                    name="email",
                    label=ui.tr("people.email"),
                    type="email",
                    default_value=detail.email,
                    error=form_error(UsersState.errors, "email"),
                    required=True,
                ),
                _role(),
                ui.combobox(
                    name="group_id",
                    label=ui.tr("people.group"),
                    options=UsersState.groups,
                    default_value=detail.group_id,
                    clearable=True,
                    error=form_error(UsersState.errors, "group_id"),
                ),
            ),
            ui.multi_combobox(
                name="unit_ids",
                label=ui.tr("people.units"),
                options=UsersState.units,
                default_value=detail.unit_ids,
                error=form_error(UsersState.errors, "unit_ids"),
            ),
            rx.cond(
                UsersState.role == Role.PARTNER.value,
                ui.combobox(
                    name="partner_account_id",
                    label=ui.tr("people.partner_account"),
                    options=UsersState.accounts,
                    default_value=detail.partner_account_id,
                    value_label=detail.partner_account,
                    on_search=UsersState.find_account,
                    error=form_error(UsersState.errors, "partner_account_id"),
                ),
            ),
            rx.cond(
                is_new,
                rx.fragment(),
                ui.multi_combobox(
                    name="grants",
                    label=ui.tr("people.grants"),
                    hint=ui.tr("people.grants_hint"),
                    options=_rights(),
                    default_value=detail.grants,
                    error=form_error(UsersState.errors, "grants"),
                ),
            ),
            ui.dialog_actions(
                ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=UsersState.close),
                ui.button(
                    rx.cond(is_new, ui.tr("people.invite"), ui.tr("ui.save")),
                    type="submit",
                    variant="primary",
                ),
            ),
            on_submit=UsersState.save,
            key=detail.id.to(str),
        ),
        title=rx.cond(is_new, ui.tr("people.invite_user"), detail.name),
        open=UsersState.dialog == "edit",
        on_close=UsersState.close,
    )


def _role() -> rx.Component:
    options = [rx.el.option(ui.tr_key(f"people.role_{role.value}"), value=role.value) for role in Role]
    return ui.field_frame(
        rx.el.select(
            *options,
            id="field-role",
            name="role",
            value=UsersState.role,
            on_change=UsersState.pick_role,
            class_name="input",
        ),
        id="field-role",
        label=ui.tr("people.role"),
        error=form_error(UsersState.errors, "role"),
    )


def _rights() -> rx.Var:
    return rx.Var.create(
        [{"value": right.value, "label": ui.tr_key(f"people.right_{right.value}")} for right in Right]
    )


def _deactivate() -> rx.Component:
    detail = UsersState.detail
    return ui.alert_dialog(
        ui.form(
            hidden_value("id", detail.id.to(str)),
            rx.el.p(ui.tr("people.deactivate_hint", name=detail.name)),
            ui.combobox(
                name="hand_over_to",
                label=ui.tr("people.hand_over_to", count=detail.open_leads),
                options=UsersState.people,
                clearable=True,
                hint=ui.tr("people.hand_over_hint"),
                error=form_error(UsersState.errors, "hand_over_to"),
            ),
            ui.form_error(form_error(UsersState.errors, "role")),
            ui.form_error(form_error(UsersState.errors, "user_id")),
            ui.dialog_actions(
                ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=UsersState.close),
                ui.button(ui.tr("people.deactivate"), type="submit", variant="danger"),
            ),
            on_submit=UsersState.deactivate,
            key=detail.id.to(str),
        ),
        title=ui.tr("people.deactivate_title", name=detail.name),
        open=UsersState.dialog == "deactivate",
        on_close=UsersState.close,
    )


def _link() -> rx.Component:
    return ui.dialog(
        rx.el.p(ui.tr("people.link_hint")),
        rx.cond(UsersState.link_mailed, ui.callout(ui.tr("people.link_mailed"), tone="success")),
        ui.text_field(
            name="link", label=ui.tr("people.one_time_link"), value=UsersState.link, read_only=True
        ),
        ui.dialog_actions(
            ui.button(ui.tr("people.copy"), icon_name="copy", on_click=rx.set_clipboard(UsersState.link)),
            ui.button(ui.tr("ui.close"), variant="primary", on_click=UsersState.close),
        ),
        title=ui.tr("people.one_time_link"),
        open=UsersState.dialog == "link",
        on_close=UsersState.close,
    )
