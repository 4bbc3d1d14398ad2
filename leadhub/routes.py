"""Every URL once: patterns for the page table, builders for links."""

from urllib.parse import quote, urlencode

HOME = "/"
SIGN_IN = "/sign-in"
ACCEPT = "/accept/[token]"
LEADS = "/leads"
LEAD = "/leads/[lead_id]"
CONTACTS = "/contacts"
CONTACT = "/contacts/[contact_id]"
ACCOUNTS = "/accounts"
ACCOUNT = "/accounts/[account_id]"
OPPORTUNITIES = "/opportunities"
OPPORTUNITY = "/opportunities/[opportunity_id]"
ACTIVITIES = "/activities"
ACTIVITY = "/activities/[activity_id]"
CAMPAIGNS = "/campaigns"
CAMPAIGN = "/campaigns/[campaign_id]"
IMPORTS = "/imports"
IMPORT = "/imports/[import_id]"
NEW_IMPORT = "/imports/new"
DASHBOARDS = "/dashboards"
REPORTS = "/reports"
PROFILE = "/profile"
AUDIT = "/audit"
SETTINGS = "/settings"
SETTINGS_USERS = "/settings/users"
SETTINGS_UNITS = "/settings/units"
SETTINGS_ROLES = "/settings/roles"
SETTINGS_LOOKUPS = "/settings/lookups"
SETTINGS_PROCESSES = "/settings/processes"

_RECORD_PATHS = {
    "lead": LEADS,
    "contact": CONTACTS,
    "account": ACCOUNTS,
    "opportunity": OPPORTUNITIES,
    "activity": ACTIVITIES,
    "campaign": CAMPAIGNS,
}


def record_url(entity: str, record_id: int) -> str:
    """The page of a record."""
    return f"{_RECORD_PATHS[entity]}/{record_id}"


def lead_url(lead_id: int) -> str:
    return record_url("lead", lead_id)


def lead_export_url(kind: str, query: str) -> str:
    """A download of all leads of a list; `kind` is csv or xlsx."""
    return f"/export/leads.{kind}?{query}"


def record_export_url(plural: str, kind: str, query: str) -> str:
    """The same of a list of contacts, accounts, opportunities, activities or campaigns."""
    return f"/export/{plural}.{kind}?{query}"


def sign_in_url(next_path: str = "") -> str:
    return f"{SIGN_IN}?{urlencode({'next': next_path})}" if next_path else SIGN_IN


def accept_url(token: str) -> str:
    return f"/accept/{quote(token, safe='')}"


def attachment_url(attachment_id: int) -> str:
    return f"/files/{attachment_id}"


def import_url(import_id: int) -> str:
    return f"{IMPORTS}/{import_id}"


def failed_rows_url(import_id: int) -> str:
    return f"/files/imports/{import_id}/failed-rows"


def local_path(address: str | None) -> str:
    """The address if it stays on this site, else the home page."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return HOME
    return HOME if any(ord(c) < 32 for c in address) else address
