import reflex as rx

from leadhub.components import ui
from leadhub.components.my_day import my_day_content
from leadhub.components.shell import page_shell


def my_day_page() -> rx.Component:
    return page_shell(my_day_content(), title=ui.tr("shell.my_day"))
