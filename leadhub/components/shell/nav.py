from dataclasses import dataclass

from leadhub import routes


@dataclass(frozen=True)
class NavEntry:
    """One place to go. `section` is what ShellState.nav_allowed must hold for it to be shown."""

    section: str
    href: str
    text_key: str
    icon: str
    group: str = ""


NAV: tuple[NavEntry, ...] = (
    NavEntry("my_day", routes.HOME, "shell.my_day", "sun"),
    NavEntry("leads", routes.LEADS, "shell.leads", "target"),
    NavEntry("contacts", routes.CONTACTS, "shell.contacts", "contact"),
    NavEntry("accounts", routes.ACCOUNTS, "shell.accounts", "building-2"),
    NavEntry("opportunities", routes.OPPORTUNITIES, "shell.opportunities", "handshake"),
    NavEntry("activities", routes.ACTIVITIES, "shell.activities", "list-checks"),
    NavEntry("imports", routes.IMPORTS, "shell.imports", "import", "shell.group_data"),
    NavEntry("campaigns", routes.CAMPAIGNS, "shell.campaigns", "megaphone", "shell.group_data"),
    NavEntry("audit", routes.AUDIT, "shell.audit", "scroll-text", "shell.group_admin"),
    NavEntry("settings", routes.SETTINGS, "shell.settings", "settings", "shell.group_admin"),
)
