"""`leadhub user …`: let people in and out from the machine itself, such as when nobody can sign in."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from leadhub.domain.actor import Role, system_actor
from leadhub.domain.errors import LeadhubError

users = typer.Typer(no_args_is_help=True, help="Add, invite, list and deactivate people")
OPERATOR = system_actor("Command line")
Email = Annotated[str, typer.Argument(help="Whose account, by e-mail")]


@users.command()
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="Name, as colleagues see it")],
    role: Annotated[Role, typer.Option(help="What they may do")] = Role.SALES,
) -> None:
    """Add a person and print the one-time link by which they choose their password."""
    from leadhub.services.users.invite import invite_user

    with _saying_what_is_wrong():
        done = invite_user(email, name=name, role=role.value, actor=OPERATOR)
    _show_link(done.link)


@users.command()
def invite(email: Email) -> None:
    """Print a new one-time link: an invitation, or a reset for who has a password already."""
    from leadhub.services.users.invite import make_access_link

    with _saying_what_is_wrong():
        done = make_access_link(_id_of(email), actor=OPERATOR)
    _show_link(done.link)


@users.command()
def reset(email: Email) -> None:
    """Print a one-time link for a new password."""
    invite(email)


@users.command("list")
def list_all() -> None:
    """List everybody with their role."""
    from leadhub.queries.users.people import list_users

    _prepare()
    for user in list_users(actor=OPERATOR):
        state = "" if user.active else "  (inactive)"
        typer.echo(f"{user.email:40} {user.role:20} {user.name}{state}")


@users.command()
def deactivate(
    email: Email,
    hand_to: Annotated[str, typer.Option(help="E-mail of who gets their open leads")] = "",
) -> None:
    """Let a person in no more; their sessions end."""
    from leadhub.services.users.deactivate import deactivate_user

    with _saying_what_is_wrong():
        heir = _id_of(hand_to) if hand_to else None
        done = deactivate_user(_id_of(email), hand_over_to=heir, actor=OPERATOR)
    typer.echo(f"{email} is deactivated; {done.handed_over} open leads handed over.")


def _show_link(path: str) -> None:
    from leadhub.adapters.mail import link_to

    typer.echo(f"One-time link: {link_to(path)}")


def _id_of(email: str) -> int:
    from leadhub.domain.errors import NotFound
    from leadhub.queries.users.people import find_user_id

    found = find_user_id(email, actor=OPERATOR)
    if found is None:
        raise NotFound("people.user_not_found")
    return found


@contextmanager
def _saying_what_is_wrong() -> Iterator[None]:
    """Turn a LeadhubError into one line and an exit code."""
    _prepare()
    try:
        yield
    except LeadhubError as fault:
        from leadhub.texts import text

        print(f"leadhub: {text('en', fault.key, **fault.params)}", file=sys.stderr)
        raise SystemExit(1) from None


def _prepare() -> None:
    from leadhub.cli import read_settings
    from leadhub.serving.database import bring_database_up_to_date

    read_settings()
    bring_database_up_to_date()
