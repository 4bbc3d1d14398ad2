"""Any client can call any handler with anything: nothing may be written, and nothing may leak."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import reflex as rx
from reflex.event import EventHandler
from sqlalchemy import func, select

import leadhub.state
from leadhub.db import read_session
from leadhub.domain.actor import Role
from leadhub.domain.errors import LeadhubError, NotSignedIn
from leadhub.models import ChangeRow
from leadhub.state import watching
from leadhub.state.base import AppState
from leadhub.state.one_owner import states_below
from tests.factories import (
    make_account,
    make_activity,
    make_contact,
    make_group,
    make_lead,
    make_opportunity,
    make_unit,
    make_user,
)

Tab = Callable[[int | None], rx.State]

for _module in pkgutil.walk_packages(leadhub.state.__path__, "leadhub.state."):
    importlib.import_module(_module.name)

#: Shows made-up rows only, for the kit's gallery.
EXEMPT_STATES = {"KitState"}
#: Handlers for whoever is not signed in.
PUBLIC = {"SignInState.open_sign_in", "SignInState.open_link"}
#: Everybody may change what is theirs alone.
OWN_THINGS = {"ProfileState.save", "ProfileState.change_password"}
SECRETS = ("Secret Lead Ltd", "secret-owner@example.com", "Secret Person", "Secret Sale", "Secret Task")
JUNK: tuple[Any, ...] = (
    None,
    "",
    "x" * 20_000,
    {"id": "1", "name": {"a": []}, "label": None},
    {"id": "1", "name": "<script>alert(1)</script>", "label": "'; DROP TABLE lead; --", "email": "\x00"},
    -1,
    10**30,
    1.5,
    True,
    [],
    [{"id": 1}],
    "'; DROP TABLE lead; --",
    "<img src=x onerror=alert(1)>",
    "\x00\ud800",
    1,
    "1",
)


def _states() -> list[type[rx.State]]:
    found = [state for state in states_below(AppState) if state.__name__ not in EXEMPT_STATES]
    return [*sorted(found, key=lambda state: state.get_full_name()), AppState]


def _handlers(state: type[rx.State]) -> Iterator[tuple[str, EventHandler]]:
    for name, handler in state.event_handlers.items():
        # Reflex's own; it finds no setter, and so sets nothing.
        if name != "setvar":
            yield f"{state.__name__}.{name}", handler


STATES = _states()
STATE_NAMES = [state.__name__ for state in STATES]


@pytest.fixture
def workspace(database: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """One of everything, owned by somebody whom a partner or a marketer is not. Watchers end at once."""

    async def no_wait(*_args: Any, **_more: Any) -> None:
        return None

    monkeypatch.setattr(watching, "watch_changes", no_wait)
    for module in list(importlib.sys.modules.values()):
        if getattr(module, "__name__", "").startswith("leadhub.state") and hasattr(module, "watch_changes"):
            monkeypatch.setattr(module, "watch_changes", no_wait)
    group = make_group()
    unit = make_unit(group_id=group)
    owner = make_user(email=SECRETS[1], name=SECRETS[2], unit_ids=(unit,))
    account = make_account(name=SECRETS[0])
    contact = make_contact(name=SECRETS[2])
    lead = make_lead(
        account_name=SECRETS[0], owner_id=owner, unit_id=unit, contact_id=contact, account_id=account
    )
    make_opportunity(title=SECRETS[3], lead_id=lead, owner_id=owner)
    make_activity(title=SECRETS[4], lead_id=lead, owner_id=owner)
    return lead


def _written() -> int:
    with read_session() as session:
        return session.scalar(select(func.count()).select_from(ChangeRow)) or 0


def _arguments(handler: EventHandler, junk: Any) -> list[Any]:
    parameters = list(inspect.signature(handler.fn).parameters.values())[1:]
    return [junk for parameter in parameters if parameter.kind is not parameter.VAR_KEYWORD]


async def _call(root: rx.State, state: type[rx.State], handler: EventHandler, junk: Any) -> Exception | None:
    """Call a handler as the event loop would; returns the LeadhubError it ended in, raises anything else."""
    target = await root.get_state(state)
    try:
        if handler.is_background:
            found = handler.fn(_Unlocked(target), *_arguments(handler, junk))
        else:
            found = handler.fn(target, *_arguments(handler, junk))
        if inspect.isasyncgen(found):
            async for _ in found:
                pass
        elif inspect.isawaitable(found):
            await found
    except LeadhubError as fault:
        return fault
    return None


class _Unlocked:
    """Stands for a background handler's proxy: `async with self` and everything else of the state."""

    def __init__(self, state: rx.State) -> None:
        object.__setattr__(self, "_state", state)

    async def __aenter__(self) -> "_Unlocked":
        return self

    async def __aexit__(self, *_error: object) -> None:
        return None

    # As Reflex's proxy: `self.__class__` is the state's, `type(self)` is not.
    @property
    def __class__(self) -> type:
        return self._state.__class__

    def __getattr__(self, name: str) -> Any:
        return getattr(self._state, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._state, name, value)


def _shown(root: rx.State) -> str:
    """Everything that the browser would get of this tab."""
    return str(root.dict())


@pytest.mark.parametrize("state", STATES, ids=STATE_NAMES)
def test_handlers_are_async(state: type[rx.State]) -> None:
    """A handler in the event loop would stop every screen while it waits for the database."""
    plain = [
        name
        for name, handler in _handlers(state)
        if not inspect.iscoroutinefunction(handler.fn) and not inspect.isasyncgenfunction(handler.fn)
    ]
    assert plain == []


@pytest.mark.parametrize("state", STATES, ids=STATE_NAMES)
async def test_nobody_gets_and_changes_nothing(state: type[rx.State], workspace: int, signed_in: Tab) -> None:
    """A stranger could read or write by calling handlers."""
    before = _written()
    for name, handler in _handlers(state):
        for junk in JUNK:
            root = signed_in(None)
            fault = await _call(root, state, handler, junk)
            assert fault is None or isinstance(fault, NotSignedIn) or name in PUBLIC, (name, junk, fault)
            shown = _shown(root)
            assert not [secret for secret in SECRETS if secret in shown], f"{name} told a stranger"
        assert _written() == before, f"{name} wrote for a stranger"


@pytest.mark.parametrize("role", [Role.PARTNER, Role.MARKETER, Role.ADMIN])
@pytest.mark.parametrize("state", STATES, ids=STATE_NAMES)
async def test_junk_ends_in_a_sentence(
    state: type[rx.State], role: Role, workspace: int, signed_in: Tab
) -> None:
    """Junk would end in a crash, or a partner would see what is not their company's."""
    user = make_user(role, partner_account_id=make_account())
    before = _written()
    root = signed_in(user)
    for name, handler in _handlers(state):
        for junk in JUNK:
            try:
                await _call(root, state, handler, junk)
            except Exception as fault:
                raise AssertionError(f"{name}({junk!r:.60}) as {role}: {fault!r}") from fault
            if role is Role.PARTNER:
                shown = _shown(root)
                assert not [secret for secret in SECRETS if secret in shown], f"{name} told a partner"
        if role is Role.PARTNER and name not in OWN_THINGS:
            assert _written() == before, f"{name} wrote for a partner"
