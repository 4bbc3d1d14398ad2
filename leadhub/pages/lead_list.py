import reflex as rx

from leadhub.components import ui
from leadhub.components.lead_list import lead_list_content
from leadhub.components.shell import page_shell


def lead_list_page() -> rx.Component:
    return page_shell(lead_list_content(), title=ui.tr("shell.leads"), flush=True)
