from leadhub.state.lead_list.page import LeadList

__all__ = ["LeadList"]
