"""The frame of every signed-in page: `page_shell(content, title=...)`."""

from leadhub.components.shell.frame import SHELL_OVERLAYS, page_shell
from leadhub.components.shell.nav import NAV, NavEntry

__all__ = ["NAV", "SHELL_OVERLAYS", "NavEntry", "page_shell"]
