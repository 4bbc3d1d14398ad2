from leadhub.state.lead_page.page import LeadPage

__all__ = ["LeadPage"]
