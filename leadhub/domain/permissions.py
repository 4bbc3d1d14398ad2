from enum import StrEnum

from leadhub.domain.actor import Actor, Role
from leadhub.domain.errors import NotPermitted


class Right(StrEnum):
    """Everything that a role may or may not do; row visibility is `leadhub.access`."""

    VIEW_LEADS = "view_leads"
    CREATE_LEAD = "create_lead"
    EDIT_LEAD = "edit_lead"
    DELETE_LEAD = "delete_lead"
    QUALIFY_LEAD = "qualify_lead"
    DISQUALIFY_LEAD = "disqualify_lead"
    DISTRIBUTE_LEAD = "distribute_lead"
    HAND_OFF_LEAD = "hand_off_lead"
    WIN_OR_LOSE_LEAD = "win_or_lose_lead"
    MOVE_STAGE = "move_stage"
    MOVE_BACK_FROM_SALE = "move_back_from_sale"
    REOPEN_LEAD = "reopen_lead"
    ACCEPT_LEAD = "accept_lead"
    ASSIGN_LEAD = "assign_lead"
    BULK_EDIT = "bulk_edit"
    EXPORT = "export"
    IMPORT = "import"
    VIEW_CONTACTS = "view_contacts"
    EDIT_CONTACTS = "edit_contacts"
    DELETE_CONTACTS = "delete_contacts"
    EDIT_OPPORTUNITY = "edit_opportunity"
    CLOSE_OPPORTUNITY = "close_opportunity"
    EDIT_ACTIVITY = "edit_activity"
    COMMENT = "comment"
    SHARE_VIEWS = "share_views"
    VIEW_DASHBOARDS = "view_dashboards"
    EDIT_CAMPAIGNS = "edit_campaigns"
    UNDO_OTHERS = "undo_others"
    VIEW_AUDIT = "view_audit"
    MANAGE_USERS = "manage_users"
    MANAGE_SETTINGS = "manage_settings"
    USE_PORTAL = "use_portal"


R = Right
_INSIDE = {
    R.VIEW_LEADS, R.CREATE_LEAD, R.EDIT_LEAD, R.VIEW_CONTACTS, R.EDIT_CONTACTS, R.EDIT_ACTIVITY,
    R.COMMENT, R.EXPORT, R.VIEW_DASHBOARDS, R.BULK_EDIT, R.IMPORT,
}  # fmt: skip
_SALES = _INSIDE | {
    R.DELETE_LEAD, R.QUALIFY_LEAD, R.DISQUALIFY_LEAD, R.DISTRIBUTE_LEAD, R.HAND_OFF_LEAD,
    R.WIN_OR_LOSE_LEAD, R.MOVE_STAGE, R.ASSIGN_LEAD, R.EDIT_OPPORTUNITY, R.CLOSE_OPPORTUNITY, R.ACCEPT_LEAD,
}  # fmt: skip
_MARKETER = _INSIDE | {
    R.DELETE_LEAD, R.QUALIFY_LEAD, R.DISQUALIFY_LEAD, R.DISTRIBUTE_LEAD, R.MOVE_STAGE, R.ASSIGN_LEAD,
    R.EDIT_CAMPAIGNS, R.SHARE_VIEWS,
}  # fmt: skip
_MANAGER = _SALES | {
    R.MOVE_BACK_FROM_SALE, R.REOPEN_LEAD, R.SHARE_VIEWS, R.EDIT_CAMPAIGNS, R.UNDO_OTHERS, R.DELETE_CONTACTS,
}  # fmt: skip
_PARTNER_SUPERVISOR = _INSIDE | {
    R.QUALIFY_LEAD, R.DISQUALIFY_LEAD, R.DISTRIBUTE_LEAD, R.MOVE_STAGE, R.ASSIGN_LEAD,
}  # fmt: skip

#: The whole matrix: role → rights. Single rights can be granted to a user on top of it (M-89).
MATRIX: dict[Role, frozenset[Right]] = {
    Role.ADMIN: frozenset(Right) - {R.USE_PORTAL},
    Role.MANAGER: frozenset(_MANAGER),
    Role.SALES: frozenset(_SALES),
    Role.MARKETER: frozenset(_MARKETER),
    Role.PARTNER_SUPERVISOR: frozenset(_PARTNER_SUPERVISOR),
    Role.PARTNER: frozenset({R.USE_PORTAL}),
}


def can(actor: Actor, right: Right) -> bool:
    if actor.role is None:
        return False
    return right in MATRIX[actor.role] or right.value in actor.rights


def require(actor: Actor, right: Right) -> None:
    """Raises NotPermitted, naming the right."""
    if not can(actor, right):
        raise NotPermitted(right=right.value)


def rights_of(actor: Actor) -> list[str]:
    return sorted(right.value for right in Right if can(actor, right))
