import reflex as rx

from leadhub.components import ui
from leadhub.components.imports.history import import_history, new_import_link
from leadhub.components.imports.wizard import import_crumbs, import_wizard
from leadhub.components.shell import page_shell


def imports_page() -> rx.Component:
    return page_shell(import_history(), title=ui.tr("import.title"), actions=new_import_link(), flush=True)


def import_page() -> rx.Component:
    return page_shell(import_wizard(), title=ui.tr("import.one"), heading=import_crumbs())
