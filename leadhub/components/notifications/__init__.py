import reflex as rx

from leadhub.components import ui
from leadhub.components.shell.frame import SHELL_OVERLAYS
from leadhub.state.notifications import NotificationsState


def notifications_panel() -> rx.Component:
    """Show the bell's panel; it stands in every page of the shell."""
    return ui.drawer(
        rx.cond(
            NotificationsState.notifications.length() > 0,
            rx.fragment(
                rx.cond(
                    NotificationsState.unread_count > 0,
                    ui.row(
                        ui.button(
                            ui.tr("notifications.mark_all_read"),
                            size="sm",
                            on_click=NotificationsState.read_all,
                        )
                    ),
                ),
                rx.el.ul(rx.foreach(NotificationsState.notifications, _line), class_name="bell-list"),
                rx.cond(
                    NotificationsState.more,
                    ui.button(ui.tr("notifications.older"), size="sm", on_click=NotificationsState.older),
                ),
            ),
            ui.empty_state(
                ui.tr("notifications.none"), icon_name="bell", hint=ui.tr("notifications.none_hint")
            ),
        ),
        title=ui.tr("ui.notifications"),
        open=NotificationsState.opened,
        on_close=NotificationsState.close,
    )


def _line(row: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(class_name=rx.cond(row.unread, "dot unread", "dot")),
            rx.el.span(
                rx.el.span(ui.tr_key("notifications." + row.kind, row.params)),
                rx.el.span(
                    ui.fmt_relative(row.created_at),
                    rx.cond(
                        row.unread,
                        rx.el.span(ui.tr("notifications.unread"), class_name="sr-only"),
                        rx.fragment(),
                    ),
                    class_name="small muted",
                ),
                class_name="bell-text",
            ),
            type="button",
            on_click=NotificationsState.read(row.id),
        )
    )


SHELL_OVERLAYS.append(notifications_panel)
