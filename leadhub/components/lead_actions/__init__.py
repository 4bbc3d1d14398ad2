"""The dialogs of everything that can be done with a lead: put `lead_action_dialogs()` once on a page."""

from leadhub.components.lead_actions.host import lead_action_dialogs
from leadhub.components.lead_actions.menu import action_items, start

__all__ = ["action_items", "lead_action_dialogs", "start"]
