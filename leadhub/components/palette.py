import reflex as rx

from leadhub.components import ui
from leadhub.components.shell import SHELL_OVERLAYS
from leadhub.state.palette import PaletteState


def palette() -> rx.Component:
    """Search and commands, above every page."""
    return ui.command_palette(
        label=ui.tr("shell.search"),
        placeholder=ui.tr("palette.placeholder"),
        open=PaletteState.opened,
        on_close=PaletteState.close,
        results=PaletteState.results,
        commands=PaletteState.commands,
        on_search=PaletteState.search,
        on_pick=PaletteState.pick,
    )


SHELL_OVERLAYS.append(palette)
