from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.models import Post
from leadhub.services.leads.posts import checked_body
from leadhub.services.leads.results import PostDone
from leadhub.services.opportunities.records import opportunity_for_update


def comment_on_opportunity(opportunity_id: int, body: str, *, actor: Actor) -> PostDone:
    """Write into an opportunity's feed, which its lead's feed shows as well.

    Raises NotFound, NotPermitted, InvalidInput.
    """
    require(actor, Right.COMMENT)
    with write_session(actor, "comment on opportunity") as session:
        opportunity = opportunity_for_update(session, opportunity_id, actor)
        post = Post(
            opportunity_id=opportunity.id,
            lead_id=opportunity.lead_id,
            body=checked_body(body),
            author_id=actor.user_id,
        )
        session.add(post)
        session.flush()
    return PostDone(post_id=post.id or 0, lead_id=post.lead_id or 0, action_id=action_id(session))
