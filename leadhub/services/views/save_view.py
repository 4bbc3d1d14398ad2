from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput, StaleRecord
from leadhub.domain.list_query import ListQuery
from leadhub.services.views.shared import ViewDone, stored, view_to_change


def save_view(view_id: int, query: ListQuery, *, expected_version: int, actor: Actor) -> ViewDone:
    """Overwrite one's own view with what the list shows now.

    Raises NotFound, NotPermitted, StaleRecord (saved from another tab since), InvalidInput.
    """
    with write_session(actor, "overwrite view") as session:
        view = view_to_change(session, view_id, actor)
        if view.section != query.entity.value:
            raise InvalidInput("views.error.not_found", field="name")
        definition = stored(query)
        if view.version != expected_version and view.definition != definition:
            change = ("", view.definition.get("query", ""), definition["query"])
            raise StaleRecord({"definition": change}, version=view.version, by=actor.name)
        view.definition = definition
    return ViewDone(view_id, view.version, action_id(session))
