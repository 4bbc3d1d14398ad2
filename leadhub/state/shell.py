import reflex as rx


class ShellState(rx.State):
    """What the frame of every page shows: who is signed in, and where they may go."""

    ready: bool = False
    user_name: str = ""
    user_initials: str = ""
    role_label: str = ""
    unread_count: int = 0
    nav_allowed: list[str] = []
    may_create_lead: bool = False

    @rx.event
    async def undo(self, action_id: str) -> None:
        """Take back the action whose toast offered it."""

    @rx.event
    async def open_new_lead(self) -> None:
        """Open the dialog New lead."""

    @rx.event
    async def open_search(self) -> None:
        """Open the global search."""

    @rx.event
    async def open_notifications(self) -> None:
        """Open the list of notifications."""
