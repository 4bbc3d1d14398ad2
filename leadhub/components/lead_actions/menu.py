"""The choices of the Actions menu, for the list's row and for the page."""

from typing import Any

import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.domain.lead_actions import LeadAction
from leadhub.state.lead_actions import LeadActions


def start(lead_id: Var | int, action: LeadAction | Var | str, argument: Var | str = "") -> Any:
    """The event that does an action or opens its dialog."""
    name = action.value if isinstance(action, LeadAction) else action
    return LeadActions.start(lead_id, name, argument)


def action_items(lead_id: Var, *, state: Var, awaits_acceptance: Var | bool = False) -> list[rx.Component]:
    """The Actions menu of one lead; what its process does not allow is refused with the reason."""
    rights = LeadActions.rights
    is_open = (state == "pending") | (state == "in_progress")

    def item(action: LeadAction, right: str, icon: str, shown: Any = True, **props: Any) -> rx.Component:
        allowed = rights.contains(right)
        return rx.cond(
            shown & allowed if not isinstance(shown, bool) else allowed,
            ui.menu_item(
                ui.tr(f"actions.{action.value}"), icon_name=icon, on_click=start(lead_id, action), **props
            ),
        )

    return [
        item(LeadAction.LOG_CALL, "edit_activity", "phone"),
        item(LeadAction.FOLLOW_UP, "edit_lead", "calendar-clock", is_open),
        item(LeadAction.SCHEDULE, "edit_activity", "calendar-plus", is_open),
        ui.menu_separator(),
        item(LeadAction.ACCEPT, "accept_lead", "hand", awaits_acceptance),
        item(LeadAction.ASSIGN, "assign_lead", "user-plus", is_open),
        item(LeadAction.DISTRIBUTE, "distribute_lead", "split", is_open),
        item(LeadAction.START_PROGRESS, "move_stage", "play", state == "pending"),
        item(LeadAction.WIN, "win_or_lose_lead", "trophy", is_open),
        item(LeadAction.LOSE, "win_or_lose_lead", "circle-slash", is_open),
        item(LeadAction.DISQUALIFY, "disqualify_lead", "ban", is_open),
        item(LeadAction.REOPEN, "reopen_lead", "rotate-ccw", ~is_open),
        ui.menu_separator(),
        item(LeadAction.DELETE, "delete_lead", "trash-2", state == "pending", danger=True),
    ]
