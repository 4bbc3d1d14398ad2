import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.components.form_errors import form_error
from leadhub.state.lead_list import LeadList


def views_menu() -> rx.Component:
    """The saved views, and what can be done with the one that is shown."""
    view = LeadList.view
    mine = view.is_mine & ~view.is_shipped
    may_share = LeadList.rights.contains("share_views")
    return ui.menu(
        ui.menu_label(ui.tr("lead_list.views_shipped")),
        rx.foreach(LeadList.views, lambda one: rx.cond(one.is_shipped, _entry(one))),
        ui.menu_separator(),
        rx.foreach(LeadList.views, lambda one: rx.cond(~one.is_shipped, _entry(one))),
        rx.cond(
            mine & LeadList.view_changed,
            ui.menu_item(ui.tr("lead_list.save_view"), icon_name="save", on_click=LeadList.save_view),
        ),
        ui.menu_item(
            ui.tr("lead_list.save_view_as"),
            icon_name="bookmark-plus",
            on_click=LeadList.open_view_dialog("save_as"),
        ),
        rx.cond(
            mine,
            rx.fragment(
                ui.menu_item(
                    ui.tr("lead_list.rename_view"),
                    icon_name="pencil",
                    on_click=LeadList.open_view_dialog("rename"),
                ),
                rx.cond(
                    may_share,
                    rx.cond(
                        view.shared,
                        ui.menu_item(
                            ui.tr("lead_list.withdraw_view"),
                            icon_name="lock",
                            on_click=LeadList.share_view(False),
                        ),
                        ui.menu_item(
                            ui.tr("lead_list.share_view"),
                            icon_name="users",
                            on_click=LeadList.share_view(True),
                        ),
                    ),
                ),
                ui.menu_item(
                    ui.tr("lead_list.delete_view"),
                    icon_name="trash-2",
                    danger=True,
                    on_click=LeadList.delete_view,
                ),
            ),
        ),
        label=ui.tr("lead_list.views"),
        text=rx.fragment(
            rx.el.span(ui.tr("lead_list.views"), " ", class_name="sr-only"),
            rx.el.span(_name(view), class_name="truncate"),
            rx.cond(LeadList.view_changed, rx.el.span("•", class_name="faint", aria_hidden="true")),
        ),
        icon_name="folder",
    )


def view_dialog() -> rx.Component:
    renames = LeadList.view_dialog == "rename"
    return ui.dialog(
        ui.form(
            ui.text_field(
                name="name",
                label=ui.tr("lead_list.view_name"),
                required=True,
                auto_focus=True,
                default_value=rx.cond(renames, LeadList.view.name, ""),
                error=form_error(LeadList.errors, "name"),
            ),
            rx.cond(
                ~renames & LeadList.rights.contains("share_views"),
                ui.checkbox_field(name="shared", label=ui.tr("lead_list.share_view")),
            ),
            ui.dialog_actions(
                ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=LeadList.close_view_dialog),
                ui.button(ui.tr("ui.save"), type="submit", variant="primary"),
            ),
            on_submit=LeadList.name_view,
        ),
        title=rx.cond(renames, ui.tr("lead_list.rename_view"), ui.tr("lead_list.save_view_as")),
        open=LeadList.view_dialog != "",
        on_close=LeadList.close_view_dialog,
    )


def _name(view: Var) -> Var:
    return rx.cond(view.label_key != "", ui.tr_key(view.label_key), view.name)


def _entry(view: Var) -> rx.Component:
    return ui.menu_item(
        _name(view),
        on_click=LeadList.pick_view(view.key),
        hint=rx.cond(view.key == LeadList.view.key, "✓", view.owner_name),
    )
