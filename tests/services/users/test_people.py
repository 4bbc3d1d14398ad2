import pytest
from sqlalchemy import select

from leadhub.adapters.passwords import password_matches
from leadhub.db import now, read_session, write_session
from leadhub.domain.actor import Actor, Role, system_actor
from leadhub.domain.errors import AssigneeInactive, InvalidInput, NotFound, NotPermitted
from leadhub.models import AccessLink, ChangeRow, Lead, Notification, Unit, User, UserGrant, WebSession
from leadhub.queries.actors import find_actor, forget_actors
from leadhub.queries.users.access import find_access_link, list_sessions
from leadhub.queries.users.people import get_user_detail, list_user_options, list_users
from leadhub.services.sessions.sign_out import revoke_other_sessions, revoke_session
from leadhub.services.shared.web_sessions import open_session
from leadhub.services.users.accept_link import accept_link
from leadhub.services.users.deactivate import deactivate_user, reactivate_user
from leadhub.services.users.edit import UserChanges, edit_user
from leadhub.services.users.invite import invite_user, make_access_link
from leadhub.services.users.profile import change_password, edit_profile
from tests.factories import make_account, make_activity, make_actor, make_lead, make_unit, make_user

GOOD = "correct horse 42"


def _token(link: str) -> str:
    return link.rpartition("/")[2]


def _user(user_id: int) -> User:
    with read_session() as session:
        return session.get_one(User, user_id)


def _open(user_id: int) -> int:
    with write_session(system_actor(), "sign in") as session:
        open_session(session, user_id, address="10.0.0.1", user_agent="Firefox on Linux")
        session.flush()
        return session.scalars(select(WebSession.id).order_by(WebSession.id.desc())).first() or 0


def _open_sessions(user_id: int) -> list[int]:
    with read_session() as session:
        return list(
            session.scalars(
                select(WebSession.id).where(WebSession.user_id == user_id, WebSession.revoked_at.is_(None))
            )
        )


@pytest.fixture
def admin(database: str) -> Actor:
    return make_actor(Role.ADMIN)


def test_an_invited_person_chooses_a_password_once(admin: Actor) -> None:
    """A link in an old mail would go on opening the account."""
    unit = make_unit()
    done = invite_user("New@Example.com ", name=" Nina  New ", role="sales", unit_ids=[unit], actor=admin)
    token = _token(done.link)
    info = find_access_link(token)
    assert info is not None
    assert (info.purpose, info.name, info.email) == ("invitation", "Nina New", "new@example.com")
    opened = accept_link(token, password=GOOD, address="")
    assert opened.user_id == done.user_id
    assert password_matches(_user(done.user_id).password_hash, GOOD)
    assert get_user_detail(done.user_id, actor=admin).unit_ids == [str(unit)]
    with pytest.raises(NotFound):
        accept_link(token, password=GOOD + "!", address="")
    assert find_access_link(token) is None


@pytest.mark.parametrize(
    "password", ["short", "x" * 201, "aaaaaaaaaaaa", "new@example.com", "password123", ""]
)
def test_a_weak_password_is_refused_and_the_link_still_works(admin: Actor, password: str) -> None:
    """The first guess would open the account, or one mistake would need a new link."""
    done = invite_user("new@example.com", name="Nina New", role="sales", actor=admin)
    with pytest.raises(InvalidInput):
        accept_link(_token(done.link), password=password, address="")
    assert accept_link(_token(done.link), password=GOOD, address="")


def test_the_database_holds_no_link_and_the_log_no_password(admin: Actor) -> None:
    """A backup, or the audit log, would let its reader in."""
    done = invite_user("new@example.com", name="Nina New", role="sales", actor=admin)
    accept_link(_token(done.link), password=GOOD, address="")
    with read_session() as session:
        kept = session.scalars(select(AccessLink.token_hash)).all()
        logged = str(session.scalars(select(ChangeRow.values)).all())
    assert _token(done.link) not in kept
    assert "argon2" not in logged
    assert "password_changed_at" in logged


def test_an_old_link_stops_when_a_new_one_is_made_and_when_it_expires(admin: Actor) -> None:
    """Links that nobody remembers would stay open."""
    done = invite_user("new@example.com", name="Nina New", role="sales", actor=admin)
    newer = make_access_link(done.user_id, actor=admin)
    assert find_access_link(_token(done.link)) is None
    with write_session(system_actor(), "let time pass") as session:
        session.scalars(select(AccessLink).where(AccessLink.used_at.is_(None))).one().expires_at = now()
    assert find_access_link(_token(newer.link)) is None


def test_a_reset_ends_every_session(admin: Actor) -> None:
    """Whoever stole the old password would stay inside."""
    user = make_user()
    link = make_access_link(user, actor=admin).link
    old = _open(user)
    accept_link(_token(link), password=GOOD, address="")
    assert old not in _open_sessions(user)
    assert len(_open_sessions(user)) == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "nonsense"}, "email"),
        ({"email": "a@b@c.de"}, "email"),
        ({"email": "taken@example.com"}, "email"),
        ({"email": "\x00@example.com"}, "email"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"role": "king"}, "role"),
        ({"role": "partner"}, "partner_account_id"),
        ({"group_id": 999}, "group_id"),
        ({"unit_ids": [999]}, "unit_ids"),
    ],
)
def test_a_bad_invitation_names_the_field(admin: Actor, fields: dict[str, object], field: str) -> None:
    """The form could not say where the mistake is."""
    make_user(email="taken@example.com")
    given = {"email": "new@example.com", "name": "Nina", "role": "sales", **fields}
    email = given.pop("email")
    with pytest.raises(InvalidInput) as fault:
        invite_user(email, actor=admin, **given)
    assert fault.value.field == field


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_administrators_manage_people(database: str, role: Role) -> None:
    """Anybody could make themselves an administrator."""
    actor, victim = make_actor(role), make_user()
    changes = UserChanges(name="X", email="x@example.com", role="admin")
    for attempt in (
        lambda: invite_user("x@example.com", name="X", role="admin", actor=actor),
        lambda: make_access_link(victim, actor=actor),
        lambda: edit_user(actor.user_id, changes, actor=actor),
        lambda: deactivate_user(victim, actor=actor),
        lambda: reactivate_user(victim, actor=actor),
        lambda: list_users(actor=actor),
        lambda: get_user_detail(victim, actor=actor),
    ):
        with pytest.raises(NotPermitted):
            attempt()


@pytest.mark.covers("M-89")
def test_a_single_right_can_be_granted(admin: Actor) -> None:
    """Accept lead could not be given to one person only."""
    user = make_user(Role.MARKETER, email="m@example.com", name="Mara")
    changes = UserChanges(name="Mara", email="m@example.com", role="marketer", grants=["accept_lead"])
    done = edit_user(user, changes, actor=admin)
    assert done.action_id
    with read_session() as session:
        assert session.scalars(select(UserGrant.right).where(UserGrant.user_id == user)).all() == [
            "accept_lead"
        ]
    with pytest.raises(InvalidInput):
        edit_user(
            user,
            UserChanges(name="Mara", email="m@example.com", role="marketer", grants=["fly"]),
            actor=admin,
        )


def test_the_last_administrator_stays(admin: Actor) -> None:
    """Nobody could let anybody in any more."""
    own = _user(admin.user_id or 0)
    changes = UserChanges(name=own.name, email=own.email, role="sales")
    with pytest.raises(InvalidInput):
        edit_user(own.id or 0, changes, actor=admin)
    with pytest.raises(InvalidInput):
        deactivate_user(own.id or 0, actor=system_actor())
    make_user(Role.ADMIN)
    assert edit_user(own.id or 0, changes, actor=admin).action_id


def test_deactivating_hands_over_and_locks_out(admin: Actor) -> None:
    """Leads of who left would wait for nobody, and who left could go on reading."""
    leaver, heir = make_user(name="Leaver"), make_user()
    opened, closed = make_lead(owner_id=leaver), make_lead(owner_id=leaver, state="won")
    task = make_activity(owner_id=leaver)
    _open(leaver)
    forget_actors()
    link = make_access_link(leaver, actor=admin).link
    done = deactivate_user(leaver, hand_over_to=heir, actor=admin)
    assert done.handed_over == 1
    assert _open_sessions(leaver) == []
    assert find_access_link(_token(link)) is None
    with read_session() as session:
        assert session.get_one(Lead, opened).owner_id == heir
        assert session.get_one(Lead, closed).owner_id == leaver
        told = session.scalars(select(Notification)).one()
    assert (told.user_id, told.kind, told.params["count"]) == (heir, "leads_handed_over", 1)
    assert task
    with pytest.raises(AssigneeInactive):
        make_access_link(leaver, actor=admin)
    assert str(leaver) not in {option.value for option in list_user_options(actor=admin)}


def test_nobody_deactivates_themselves_or_inherits_from_themselves(admin: Actor) -> None:
    """One click would lock the administrator out."""
    user = make_user()
    with pytest.raises(InvalidInput):
        deactivate_user(admin.user_id or 0, actor=admin)
    with pytest.raises(InvalidInput):
        deactivate_user(user, hand_over_to=user, actor=admin)
    assert _user(user).active


def test_a_new_password_ends_the_other_sessions(database: str) -> None:
    """A thief's session would outlive the change."""
    actor = make_actor()
    mine, other = _open(actor.user_id or 0), _open(actor.user_id or 0)
    change_password("", GOOD, session_id=mine, actor=actor)
    assert _open_sessions(actor.user_id or 0) == [mine]
    assert other
    with pytest.raises(InvalidInput) as fault:
        change_password("wrong", GOOD + "!", session_id=mine, actor=actor)
    assert fault.value.field == "current_password"
    change_password(GOOD, GOOD + "!", session_id=mine, actor=actor)


def test_sessions_are_listed_and_revoked_by_their_owner_only(database: str) -> None:
    """A session could be ended, or seen, by somebody else."""
    actor, stranger = make_actor(), make_actor()
    first, second = _open(actor.user_id or 0), _open(actor.user_id or 0)
    rows = list_sessions(actor=actor, current_id=second)
    assert {row.id: row.current for row in rows} == {first: False, second: True}
    assert rows[0].device == "Firefox, Linux"
    with pytest.raises(NotFound):
        revoke_session(first, actor=stranger)
    revoke_session(first, actor=actor)
    third = _open(actor.user_id or 0)
    assert revoke_other_sessions(third, actor=actor) == 1
    assert _open_sessions(actor.user_id or 0) == [third]


def test_a_profile_is_checked(database: str) -> None:
    """A time zone that does not exist would break every date on the server."""
    actor = make_actor()
    edit_profile(name="Ina", locale="de", time_zone="Europe/Berlin", notify_by_mail=False, actor=actor)
    assert _user(actor.user_id or 0).time_zone == "Europe/Berlin"
    for fields in (
        {"name": ""},
        {"locale": "klingon"},
        {"locale": "../../etc"},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../../etc/passwd"},
    ):
        given = {"name": "Ina", "locale": "de", "time_zone": "UTC", "notify_by_mail": True, **fields}
        with pytest.raises(InvalidInput) as fault:
            edit_profile(actor=actor, **given)
        assert fault.value.field == next(iter(fields))


def test_a_partner_belongs_to_a_company(admin: Actor) -> None:
    """A partner without a company, or somebody inside with one, would see the wrong leads."""
    account = make_account()
    done = invite_user("p@example.com", name="P", role="partner", partner_account_id=account, actor=admin)
    assert _user(done.user_id).partner_account_id == account
    changes = UserChanges(name="P", email="p@example.com", role="sales", partner_account_id=account)
    edit_user(done.user_id, changes, actor=admin)
    assert _user(done.user_id).partner_account_id is None


def test_an_unknown_session_is_nobody(database: str) -> None:
    """A made-up cookie would be somebody."""
    for made_up in ("", "0" * 64, "x", "' OR 1=1 --"):
        assert find_actor(made_up) is None
    with read_session() as session:
        assert session.scalars(select(Unit)).all() == []
