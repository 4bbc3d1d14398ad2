from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.services.views.shared import ViewDone, shared_view_to_tidy, view_to_change


def share_view(view_id: int, *, shared: bool, actor: Actor) -> ViewDone:
    """Show one's view to everybody, or to oneself alone again; administrators may withdraw any shared one.

    Raises NotFound, NotPermitted.
    """
    with write_session(actor, "share view" if shared else "withdraw view") as session:
        if shared:
            require(actor, Right.SHARE_VIEWS)
            view = view_to_change(session, view_id, actor)
        else:
            view = shared_view_to_tidy(session, view_id, actor)
        view.shared = bool(shared)
    return ViewDone(view_id, view.version, action_id(session))
