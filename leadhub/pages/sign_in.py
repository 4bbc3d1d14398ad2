import reflex as rx

from leadhub.components import ui
from leadhub.components.sign_in import gate_page, hidden_value, plain_form
from leadhub.state.sign_in import SignInState


def sign_in_page() -> rx.Component:
    return gate_page(
        _error(),
        plain_form(
            ui.text_field(
                name="email",
                label=ui.tr("people.email"),
                type="email",
                auto_complete="username",
                auto_focus=True,
                required=True,
            ),
            ui.text_field(
                name="password",
                label=ui.tr("people.password"),
                type="password",
                auto_complete="current-password",
                required=True,
            ),
            hidden_value("next", SignInState.next_path),
            ui.button(ui.tr("people.sign_in"), type="submit", variant="primary", class_name="wide"),
            rx.el.p(ui.tr("people.forgotten"), class_name="small muted"),
            action="/auth/sign-in",
            label=ui.tr("people.sign_in"),
            remember=True,
        ),
        rx.cond(SignInState.demo_users.length() > 0, _demo()),
        title=ui.tr("people.sign_in_title"),
    )


def _demo() -> rx.Component:
    return rx.el.section(
        rx.el.h2(ui.tr("people.demo_title"), id="demo-title", class_name="small muted"),
        rx.el.div(
            rx.foreach(
                SignInState.demo_users,
                lambda user: plain_form(
                    hidden_value("user_id", user.id.to(str)),
                    hidden_value("next", SignInState.next_path),
                    ui.button(
                        ui.avatar(user.name),
                        rx.el.span(
                            rx.el.span(user.name, class_name="truncate"),
                            rx.el.span(ui.tr_key("people.role_" + user.role), class_name="role truncate"),
                        ),
                        type="submit",
                    ),
                    action="/auth/demo",
                    label=user.name,
                    class_name="",
                ),
            ),
            class_name="gate-demo",
        ),
        aria_labelledby="demo-title",
        class_name="stack",
    )


def accept_page() -> rx.Component:
    link = SignInState.link
    return gate_page(
        _error(),
        rx.match(
            link.purpose,
            ("", ui.skeleton_rows(2)),
            ("gone", ui.error_state(ui.tr("people.link_not_valid"))),
            _accept_form(),
        ),
        title=rx.match(
            link.purpose,
            ("reset", ui.tr("people.reset_title")),
            ("setup", ui.tr("people.setup_title")),
            ui.tr("people.accept_title"),
        ),
    )


def _accept_form() -> rx.Component:
    link = SignInState.link
    sets_up = link.purpose == "setup"
    return plain_form(
        hidden_value("token", SignInState.link_token),
        rx.cond(
            sets_up,
            rx.fragment(
                rx.el.p(ui.tr("people.setup_hint"), class_name="muted"),
                ui.text_field(name="name", label=ui.tr("people.name"), auto_complete="name", required=True),
                ui.text_field(
                    name="email",
                    label=ui.tr("people.email"),
                    type="email",
                    auto_complete="username",
                    required=True,
                ),
            ),
            rx.fragment(
                rx.el.p(ui.tr("people.accept_hint", name=link.name), class_name="muted"),
                rx.el.input(
                    type="email",
                    name="username",
                    value=link.email,
                    auto_complete="username",
                    class_name="sr-only",
                    tab_index=-1,
                    aria_hidden="true",
                    read_only=True,
                ),
            ),
        ),
        ui.text_field(
            name="password",
            label=ui.tr("people.new_password"),
            type="password",
            auto_complete="new-password",
            hint=ui.tr("people.password_hint"),
            required=True,
        ),
        ui.button(ui.tr("people.set_password"), type="submit", variant="primary", class_name="wide"),
        action="/auth/accept",
        label=ui.tr("people.accept_title"),
    )


def _error() -> rx.Component:
    return ui.form_error(
        rx.cond(SignInState.error != "", ui.tr_key(SignInState.error, SignInState.error_params), "")
    )
