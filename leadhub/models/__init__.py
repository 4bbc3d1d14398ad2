from leadhub.models.base import Derived, Record
from leadhub.models.change import ChangeAction, ChangeRow, ChangeSet
from leadhub.models.customers import Account, CommunicationOption, Contact
from leadhub.models.derived import (
    ImportMapping,
    ImportRow,
    ImportRun,
    LeadCounter,
    LeadScore,
    MatchKey,
    OutboxMail,
)
from leadhub.models.lead import Campaign, Lead, LeadDistribution
from leadhub.models.lookup import LookupValue
from leadhub.models.people import (
    AccessLink,
    BusinessGroup,
    Notification,
    Setting,
    SignInFailure,
    Unit,
    UnitMember,
    User,
    UserGrant,
    WebSession,
)
from leadhub.models.process import LeadType, ProcessVersion, StageVisit
from leadhub.models.work import Activity, Attachment, Opportunity, Post, SavedView

__all__ = [
    "AccessLink", "Account", "Activity", "Attachment", "BusinessGroup", "Campaign", "ChangeAction",
    "ChangeRow", "ChangeSet", "CommunicationOption", "Contact", "Derived", "ImportMapping", "ImportRow",
    "ImportRun", "Lead", "LeadCounter", "LeadDistribution", "LeadScore", "LeadType", "LookupValue",
    "MatchKey", "Notification", "Opportunity", "OutboxMail", "Post", "ProcessVersion", "Record", "SavedView",
    "Setting",
    "SignInFailure", "StageVisit", "Unit", "UnitMember", "User", "UserGrant", "WebSession",
]  # fmt: skip
