from pathlib import Path

import pytest
from sqlalchemy import func, select

from leadhub.db import read_session
from leadhub.domain.actor import Actor, Role
from leadhub.domain.errors import NotFound
from leadhub.models import Account, Activity, ChangeAction, Contact, ImportRow, ImportRun, Lead, StageVisit
from leadhub.queries.imports import get_import
from leadhub.services.imports.files import new_upload_path
from leadhub.services.imports.preview import preview_import
from leadhub.services.imports.run import cancel_import, continue_import, start_import
from leadhub.services.imports.upload import change_draft, register_upload
from leadhub.services.undo import undo_action
from tests.factories import make_actor, make_lead, make_user

LEADS = """Lead Id,First Name,Last Name,Company,Email,Mobile,Lead Status,Lead Source,Created Time,Owner,Shoes
L-1,Maria,Nguyen,Vizor,maria@vizor.example.com,+48 77 149 52 19,New,Trade show,2024-03-01 10:00,Sam Seller,38
L-2,Jan,Kowalski,Polmet,jan@polmet.example.com,,Closed Won,Referral,2024-01-15 09:30,,41
L-3,,,,not-an-address,,New,,2024-02-02,,
L-4,Maria,Nguyen,Vizor,MARIA@vizor.example.com,,New,,2024-04-04,,
"""


def upload(actor: Actor, text: str, name: str = "leads.csv") -> int:
    path = new_upload_path()
    path.write_text(text, encoding="utf-8")
    return register_upload(path, file_name=name, actor=actor).import_id


def run(actor: Actor, text: str, name: str = "leads.csv", **options: object) -> int:
    import_id = upload(actor, text, name)
    if options:
        change_draft(import_id, options, actor=actor)
    start_import(import_id, actor=actor)
    continue_import(import_id, actor=actor)
    return import_id


@pytest.mark.covers("F-04", "C-03", "B-02")
def test_each_row_becomes_a_lead_or_says_why_not(database: str) -> None:
    """Guards against rows that vanish: every row of the file has an outcome."""
    actor = make_actor(Role.MANAGER)
    seller = make_user(name="Sam Seller")
    import_id = run(actor, LEADS)
    done = get_import(import_id, actor=actor)
    counts = (done.rows_created, done.rows_skipped, done.rows_failed)
    assert (done.status, done.rows_done, counts) == ("done", 4, (2, 1, 1))
    with read_session() as session:
        first, second = session.scalars(select(Lead).order_by(Lead.id)).all()
        assert (first.contact_name, first.account_name, first.owner_id) == ("Maria Nguyen", "Vizor", seller)
        assert first.registration["Shoes"] == "38"
        assert (first.stage_key, first.created_at.year) == ("qualification", 2024)
        assert (second.stage_key, second.state) == ("need_satisfied", "won")
        assert second.actual_completion_at is not None
        tasks = session.scalars(select(Activity.lead_id).where(Activity.template_key == "qualify")).all()
        assert tasks == [first.id]
        open_visits = select(StageVisit.lead_id, StageVisit.stage_key).where(StageVisit.left_at.is_(None))
        assert {tuple(row) for row in session.execute(open_visits)} == {
            (first.id, "qualification"),
            (second.id, "need_satisfied"),
        }
        problem = session.scalars(select(ImportRow).where(ImportRow.outcome == "failed")).one()
        assert problem.row_number == 4
        assert problem.problems


def test_running_again_after_a_crash_doubles_nothing(database: str) -> None:
    """Guards against a job that is resumed and begins anew."""
    actor = make_actor(Role.MANAGER)
    import_id = run(actor, LEADS)
    with read_session() as session:
        before = session.scalar(select(func.count()).select_from(Lead))
    from leadhub.db import derived_session

    with derived_session(actor, "pretend a crash") as session:
        session.get_one(ImportRun, import_id).status = "running"
    continue_import(import_id, actor=actor)
    with read_session() as session:
        assert session.scalar(select(func.count()).select_from(Lead)) == before
        assert session.get_one(ImportRun, import_id).rows_done == 4


def test_update_fills_known_leads_and_leaves_their_stage(database: str) -> None:
    """Guards against an import that moves leads which people work on."""
    actor = make_actor(Role.ADMIN)
    lead_id = make_lead(
        contact_name="Maria Nguyen", email="maria@vizor.example.com", account_name="Vizor",
        stage_key="nurturing", state="in_progress",
    )  # fmt: skip
    import_id = run(actor, LEADS, policy="update")
    assert get_import(import_id, actor=actor).rows_updated == 2
    with read_session() as session:
        lead = session.get_one(Lead, lead_id)
        assert lead.mobile_phone.endswith("52 19")
        assert lead.stage_key == "nurturing"


def test_contacts_find_their_account_or_make_it(database: str) -> None:
    """Guards against contacts that lose their company."""
    actor = make_actor(Role.ADMIN)
    run(actor, "Account Id,Account Name,Website\nA1,Vizor Inc.,vizor.example.com\n", "Accounts.csv")
    contacts = (
        "Contact Id,First Name,Last Name,Account Id,Account Name,Email\n"
        "C1,Maria,Nguyen,A1,,m@vizor.example.com\n"
        "C2,Jan,Nowak,,Polmet,j@polmet.example.com\n"
        "C3,Eva,Nowak,,VIZOR,e@vizor.example.com\n"
    )
    run(actor, contacts, "Contacts.csv")
    with read_session() as session:
        rows = session.execute(
            select(Contact.external_id, Account.name).join(Account, Account.id == Contact.account_id)
        )
        assert {tuple(row) for row in rows} == {("C1", "Vizor Inc."), ("C2", "Polmet"), ("C3", "Vizor Inc.")}


def test_an_import_is_one_action_and_undone_as_one(database: str) -> None:
    """Guards against an undo that leaves rows behind."""
    actor = make_actor(Role.ADMIN)
    import_id = run(actor, LEADS)
    action_id = get_import(import_id, actor=actor).action_id
    assert action_id is not None
    with read_session() as session:
        assert (
            session.scalar(
                select(func.count()).select_from(ChangeAction).where(ChangeAction.name == "import")
            )
            == 1
        )
    undo_action(action_id, actor=actor)
    with read_session() as session:
        for model in (Lead, StageVisit, Activity):
            assert session.scalar(select(func.count()).select_from(model)) == 0
    assert get_import(import_id, actor=actor).is_undone


def test_the_preview_names_the_problem_of_a_cell_and_writes_nothing(database: str) -> None:
    """Guards against a preview that only says: something is wrong."""
    actor = make_actor(Role.SALES)
    import_id = upload(actor, LEADS)
    preview = preview_import(import_id, actor=actor)
    assert (preview.checked, preview.good) == (4, 3)
    bad = preview.rows[2]
    assert [cell.problem_key for cell in bad.cells if cell.problem_key and not cell.is_warning]
    with read_session() as session:
        assert session.scalar(select(func.count()).select_from(Lead)) == 0


def test_a_cancelled_import_keeps_what_is_in(database: str) -> None:
    """Guards against a cancel button that does nothing."""
    actor = make_actor(Role.SALES)
    import_id = upload(actor, LEADS)
    start_import(import_id, actor=actor)
    cancel_import(import_id, actor=actor)
    continue_import(import_id, actor=actor)
    assert get_import(import_id, actor=actor).status == "cancelled"


def test_nobody_sees_the_imports_of_others(database: str) -> None:
    """Guards against reading somebody's file by guessing a number."""
    import_id = upload(make_actor(Role.SALES), LEADS)
    with pytest.raises(NotFound):
        preview_import(import_id, actor=make_actor(Role.SALES))


def test_a_refused_file_is_not_kept(database: str, tmp_path: Path) -> None:
    """Guards against rubbish that piles up under the data folder."""
    from leadhub.adapters.spreadsheets.errors import SpreadsheetError

    path = new_upload_path()
    path.write_bytes(b"%PDF-1.7 rubbish")
    with pytest.raises(SpreadsheetError):
        register_upload(path, file_name="leads.pdf", actor=make_actor(Role.SALES))
    assert not path.exists()
