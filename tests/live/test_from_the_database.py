from leadhub import db
from leadhub.domain.actor import system_actor
from leadhub.live import LiveEvent
from leadhub.models import Account
from tests.live.test_hub import next_of, running_hub


async def test_a_committed_change_reaches_the_screens(database):
    """Guards against an event that the session makes and the wire refuses."""
    async with running_hub() as hub, hub.subscribe("account", at_most_every=0, jitter=0) as changes:
        with db.write_session(system_actor(), "new account") as session:
            session.add(Account(name="Blue Ltd"))
        event = await next_of(changes)
        assert isinstance(event, LiveEvent)
        assert event.action == "new account"
        assert len(event.tables["account"]) == 1
