from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.services.views.shared import ViewDone, shared_view_to_tidy


def delete_view(view_id: int, *, actor: Actor) -> ViewDone:
    """Delete one's own view; administrators any shared one. Undo brings it back.

    Raises NotFound, NotPermitted.
    """
    with write_session(actor, "delete view") as session:
        view = shared_view_to_tidy(session, view_id, actor)
        session.delete(view)
    return ViewDone(view_id, 0, action_id(session))
