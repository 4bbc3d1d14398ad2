from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import reflex as rx

from leadhub.domain.actor import Actor, Role
from leadhub.queries.actors import forget_actors
from leadhub.services.leads.create import create_lead
from leadhub.state.lead_list import LeadList
from tests.factories import lookup_id, make_actor

Tab = Callable[[int | None], rx.State]


@dataclass
class ListTab:
    """One person's list of leads."""

    state: LeadList
    actor: Actor
    lead_ids: list[int]

    async def open(self, address: str = "") -> Any:
        self.state._get_root_state()._update_router_vars(
            {
                "headers": self.state.router_data["headers"],
                "asPath": f"/leads{address}",
                "pathname": "/leads",
            },
            self.state.router_data,
        )
        return await LeadList.open.fn(self.state)

    async def do(self, handler: Any, *args: Any) -> Any:
        return await handler.fn(self.state, *args)

    @property
    def titles(self) -> list[str]:
        return [row.contact_name for row in self.state.rows]


@pytest.fixture
def list_tab(signed_in: Tab) -> Callable[..., Any]:
    """Open the list as a new person with some leads of their own: `await list_tab("Ida", "Noah")`."""

    async def begin(*names: str, role: Role = Role.MANAGER, **values: Any) -> ListTab:
        actor = make_actor(role)
        forget_actors()
        need = lookup_id("customer_need", "software")
        ids = [
            create_lead(
                {"customer_need": need, "contact_name": name, "owner": actor.user_id, **values}, actor=actor
            ).lead_id
            for name in names
        ]
        state = await signed_in(actor.user_id).get_state(LeadList)
        tab = ListTab(state, actor, ids)
        await tab.open()
        return tab

    return begin
