from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.services.views.shared import ViewDone, checked_name, view_to_change


def rename_view(view_id: int, *, name: str, actor: Actor) -> ViewDone:
    """Raises NotFound, NotPermitted, InvalidInput."""
    with write_session(actor, "rename view") as session:
        view = view_to_change(session, view_id, actor)
        view.name = checked_name(session, name, section=view.section, actor=actor, view_id=view.id)
    return ViewDone(view_id, view.version, action_id(session))
