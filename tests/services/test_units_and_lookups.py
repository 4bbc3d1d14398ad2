import pytest
from sqlalchemy import select

from leadhub.db import read_session
from leadhub.domain.actor import Actor, Role
from leadhub.domain.errors import InvalidInput, NotFound, NotPermitted
from leadhub.models import LookupValue
from leadhub.queries.lookups.list import list_lookup_entries
from leadhub.queries.units.list import list_groups, list_units
from leadhub.services.lookups.edit import (
    add_lookup_value,
    delete_lookup_value,
    move_lookup_value,
    rename_lookup_value,
    retire_lookup_value,
)
from leadhub.services.units.edit import create_group, create_unit, delete_group, edit_unit, rename_group
from tests.factories import lookup_id, make_actor, make_lead, make_user


@pytest.fixture
def admin(database: str) -> Actor:
    return make_actor(Role.ADMIN)


def _labels(actor: Actor, lookup: str = "sales_division") -> list[str]:
    return [entry.label for entry in list_lookup_entries(lookup, actor=actor)]


def test_units_have_members_and_a_group(admin: Actor) -> None:
    """Leads could not be given to a team."""
    user = make_user(name="Rita")
    group = create_group("North", actor=admin).id
    unit = create_unit("Inside sales", group_id=group, member_ids=[user], actor=admin).id
    row = next(row for row in list_units(actor=admin) if row.id == unit)
    assert (row.group, row.members, row.active) == ("North", "Rita", True)
    edit_unit(unit, name="Inside", group_id=None, active=False, member_ids=[], actor=admin)
    row = next(row for row in list_units(actor=admin) if row.id == unit)
    assert (row.name, row.group, row.members, row.active) == ("Inside", "", "", False)


def test_a_group_in_use_is_not_deleted(admin: Actor) -> None:
    """Units and leads would lose the group that sees them."""
    group = create_group("North", actor=admin).id
    unit = create_unit("Inside sales", group_id=group, actor=admin).id
    with pytest.raises(InvalidInput):
        delete_group(group, actor=admin)
    edit_unit(unit, name="Inside sales", group_id=None, active=True, member_ids=[], actor=admin)
    delete_group(group, actor=admin)
    assert list_groups(actor=admin) == ()


def test_names_of_units_and_groups_are_single(admin: Actor) -> None:
    """Two teams of one name could not be told apart in a list."""
    create_unit("Inside sales", actor=admin)
    group = create_group("North", actor=admin).id
    create_group("South", actor=admin)
    for attempt in (
        lambda: create_unit(" inside  SALES ", actor=admin),
        lambda: rename_group(group, name="south", actor=admin),
        lambda: create_unit("", actor=admin),
        lambda: create_unit("X", member_ids=[999], actor=admin),
    ):
        with pytest.raises(InvalidInput):
            attempt()
    with pytest.raises(NotFound):
        rename_group(999, name="X", actor=admin)


def test_a_lookup_is_added_renamed_moved_and_retired(admin: Actor) -> None:
    """The lists of a workspace could not follow its words."""
    before = _labels(admin)
    added = add_lookup_value("sales_division", label=" Field  sales ", actor=admin).id
    assert _labels(admin) == [*before, "Field sales"]
    move_lookup_value(added, to_index=0, actor=admin)
    assert _labels(admin) == ["Field sales", *before]
    rename_lookup_value(added, label="Outside sales", actor=admin)
    retire_lookup_value(added, retired=True, actor=admin)
    entry = list_lookup_entries("sales_division", actor=admin)[0]
    assert (entry.label, entry.retired, entry.first) == ("Outside sales", True, True)
    retire_lookup_value(added, retired=False, actor=admin)
    delete_lookup_value(added, actor=admin)
    assert _labels(admin) == before


def test_an_entry_in_use_is_never_deleted(admin: Actor) -> None:
    """Leads would lose what they say."""
    need = lookup_id("customer_need", "software")
    make_lead(customer_need_id=need)
    with pytest.raises(InvalidInput):
        delete_lookup_value(need, actor=admin)
    with read_session() as session:
        assert session.scalars(select(LookupValue).where(LookupValue.id == need)).one()


@pytest.mark.parametrize("label", ["", "   ", "x" * 201, "a\x00b", "direct SALES department"])
def test_a_label_is_single_and_readable(admin: Actor, label: str) -> None:
    """An empty or double entry would stand in every picker."""
    with pytest.raises(InvalidInput) as fault:
        add_lookup_value("sales_division", label=label, actor=admin)
    assert fault.value.field == "label"


def test_an_unknown_list_is_not_found(admin: Actor) -> None:
    """Entries would be written that no screen shows."""
    with pytest.raises(NotFound):
        add_lookup_value("sales", label="X", actor=admin)
    with pytest.raises(NotFound):
        list_lookup_entries("sales", actor=admin)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_administrators_change_units_and_lookups(database: str, role: Role) -> None:
    """Anybody could change the lists that all work with."""
    actor = make_actor(role)
    need = lookup_id("customer_need", "software")
    for attempt in (
        lambda: create_unit("X", actor=actor),
        lambda: create_group("X", actor=actor),
        lambda: list_units(actor=actor),
        lambda: add_lookup_value("customer_need", label="X", actor=actor),
        lambda: rename_lookup_value(need, label="X", actor=actor),
        lambda: move_lookup_value(need, to_index=0, actor=actor),
        lambda: retire_lookup_value(need, retired=True, actor=actor),
        lambda: delete_lookup_value(need, actor=actor),
        lambda: list_lookup_entries("customer_need", actor=actor),
    ):
        with pytest.raises(NotPermitted):
            attempt()
