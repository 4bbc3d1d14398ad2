from leadhub.components.lead_list.content import lead_list_content

__all__ = ["lead_list_content"]
