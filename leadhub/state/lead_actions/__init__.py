"""What can be done with a lead, wherever it is shown: `LeadActions.start(lead_id, action)`."""

from leadhub.state.lead_actions.dialogs import LeadActions

__all__ = ["LeadActions"]
