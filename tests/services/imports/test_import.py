from pathlib import Path

import pytest
from sqlalchemy import func, select

from leadhub.adapters.spreadsheets.reader import open_table
from leadhub.adapters.spreadsheets.writer import write_table
from leadhub.db import read_session
from leadhub.domain.actor import Actor, Role
from leadhub.domain.errors import InvalidInput, NotFound
from leadhub.models import (
    Account,
    Activity,
    ChangeAction,
    Contact,
    ImportRow,
    ImportRun,
    Lead,
    LeadType,
    StageVisit,
)
from leadhub.queries.imports import get_import
from leadhub.services.imports.failed_rows import write_failed_rows
from leadhub.services.imports.files import new_upload_path, path_of
from leadhub.services.imports.preview import preview_import
from leadhub.services.imports.questions import ask_about_import
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


def test_what_was_skipped_as_known_is_still_found_by_its_id(database: str) -> None:
    """Guards against contacts that lose their company because the old system had it twice."""
    actor = make_actor(Role.ADMIN)
    run(actor, "Account Id,Account Name\nA1,Vizor Inc.\nA2,VIZOR\n", "Accounts.csv")
    run(actor, "Contact Id,Last Name,Account Id\nC1,Nguyen,A2\n", "Contacts.csv")
    with read_session() as session:
        name = session.scalar(
            select(Account.name)
            .join(Contact, Contact.account_id == Account.id)
            .where(Contact.external_id == "C1")
        )
        assert name == "Vizor Inc."


def test_the_same_file_again_adds_nothing(database: str) -> None:
    """Guards against doubles after a second click or a second try."""
    actor = make_actor(Role.ADMIN)
    run(actor, LEADS)
    again = get_import(run(actor, LEADS), actor=actor)
    assert (again.rows_created, again.rows_skipped, again.rows_failed) == (0, 3, 1)


def test_the_policy_add_adds_what_is_known(database: str) -> None:
    """Guards against rows that are left out though everything was wanted."""
    actor = make_actor(Role.ADMIN)
    run(actor, LEADS)
    again = get_import(run(actor, LEADS, policy="add"), actor=actor)
    assert (again.rows_created, again.rows_skipped) == (3, 0)


def test_update_leaves_the_id_and_closed_leads_keep_their_end(database: str) -> None:
    """Guards against a later file that reopens, redates or renumbers a lead."""
    actor = make_actor(Role.ADMIN)
    run(actor, LEADS)
    later = LEADS.replace("L-2,Jan,Kowalski,Polmet", "L-9,Jan,Kowalski,Polmet").replace(
        "Closed Won,Referral,2024-01-15 09:30", "New,Referral,2025-01-01 09:30"
    )
    run(
        actor,
        later.replace("jan@polmet.example.com,,", "jan@polmet.example.com,+48 22 111 22 33,"),
        policy="update",
    )
    with read_session() as session:
        lead = session.scalars(select(Lead).where(Lead.contact_name == "Jan Kowalski")).one()
        assert (lead.external_id, lead.stage_key, lead.created_at.year) == ("L-2", "need_satisfied", 2024)
        assert lead.actual_completion_at is not None
        assert lead.actual_completion_at.year == 2024
        assert lead.mobile_phone.endswith("22 33")


def test_failed_rows_come_back_with_their_problem_and_load_when_corrected(database: str) -> None:
    """Guards against failures that nobody can repair."""
    actor = make_actor(Role.MANAGER)
    import_id = run(actor, LEADS)
    file = write_failed_rows(import_id, say=lambda key, params: key, actor=actor)
    lines = file.path.read_text(encoding="utf-8-sig").splitlines()
    assert file.rows == 1
    assert lines[0] == LEADS.splitlines()[0] + ",Problem"
    assert lines[1].startswith("L-3,")
    assert "errors.value_not_email" in lines[1]
    corrected = (
        "\n".join(lines).replace("not-an-address", "eva@vizor.example.com").replace("L-3,,", "L-3,Eva,")
    )
    assert change_draft(upload(actor, corrected), {}, actor=actor).remembered
    again = get_import(run(actor, corrected, file.file_name), actor=actor)
    assert (again.rows_created, again.rows_failed) == (1, 0)
    with read_session() as session:
        eva = session.scalars(select(Lead).where(Lead.external_id == "L-3")).one()
        assert "Problem" not in eva.registration


def test_failed_rows_of_a_workbook_are_a_workbook(database: str, tmp_path: Path) -> None:
    """Guards against a workbook that cannot be loaded back, and against uploads without a file ending."""
    actor = make_actor(Role.MANAGER)
    path = new_upload_path()
    write_table(
        path, headers=["Name", "Email"], rows=[["Eva", "eva@example.com"], ["Jan", "nowhere"]], kind="xlsx"
    )
    import_id = register_upload(path, file_name="leads.xlsx", actor=actor).import_id
    start_import(import_id, actor=actor)
    continue_import(import_id, actor=actor)
    file = write_failed_rows(import_id, say=lambda key, params: key, actor=actor)
    rows = open_table(file.path, file.file_name).sample()
    assert [row.cells[0] for row in rows] == ["Jan"]


def test_failed_rows_are_for_who_may_see_the_import(database: str) -> None:
    """Guards against reading somebody's rows by guessing a number."""
    import_id = run(make_actor(Role.SALES), LEADS)
    with pytest.raises(NotFound):
        write_failed_rows(import_id, say=lambda key, params: key, actor=make_actor(Role.SALES))


@pytest.mark.parametrize(
    "values", [{"defaults": {"owner": 999_999}}, {"defaults": {"stage": 1}}, {"lead_type": "?"}]
)
def test_a_default_must_be_there(database: str, values: dict[str, object]) -> None:
    """Guards against a whole file that fails, or breaks a rule, by one choice."""
    actor = make_actor(Role.SALES)
    import_id = upload(actor, LEADS)
    with pytest.raises(InvalidInput):
        change_draft(import_id, values, actor=actor)


def test_a_stage_that_nobody_knows_is_asked_for_and_the_answer_counts(database: str) -> None:
    """Guards against rows that fail over a word."""
    actor = make_actor(Role.ADMIN)
    text = LEADS.replace("MARIA@vizor.example.com,,New", "other@vizor.example.com,,Zonk")
    import_id = upload(actor, text)
    asked = ask_about_import(import_id, actor=actor)
    assert {one.label: one.stage_key for one in asked.found}["Zonk"] == ""
    change_draft(import_id, {"stage_corrections": {"Zonk": "nurturing"}}, actor=actor)
    start_import(import_id, actor=actor)
    continue_import(import_id, actor=actor)
    with read_session() as session:
        assert session.scalar(select(Lead.stage_key).where(Lead.external_id == "L-4")) == "nurturing"


def test_dates_that_prove_no_order_are_asked_for(database: str) -> None:
    """Guards against the third of April that becomes the fourth of March."""
    actor = make_actor(Role.ADMIN)
    import_id = upload(actor, "Name,Email,Created\nEva,eva@example.com,03/04/2024\n")
    assert ask_about_import(import_id, actor=actor).open_dates == ("Created",)
    change_draft(import_id, {"date_order": "month_first"}, actor=actor)
    start_import(import_id, actor=actor)
    continue_import(import_id, actor=actor)
    with read_session() as session:
        assert session.scalars(select(Lead)).one().created_at.month == 3


def test_a_row_of_another_lead_type_runs_that_types_process(database: str) -> None:
    """Guards against a partner lead that stands in a stage of the customers' process."""
    actor = make_actor(Role.ADMIN)
    import_id = upload(actor, "Name,Email,Kind\nEva,eva@example.com,partner\nJan,jan@example.com,\n")
    change_draft(import_id, {"mapping": {"0": "contact_name", "1": "email", "2": "lead_type"}}, actor=actor)
    start_import(import_id, actor=actor)
    continue_import(import_id, actor=actor)
    with read_session() as session:
        rows = session.execute(
            select(Lead.process_version_id, LeadType.process_version_id, LeadType.key).join(
                LeadType, LeadType.id == Lead.lead_type_id
            )
        ).all()
    assert {row[2] for row in rows} == {"partner", "customer"}
    assert all(row[0] == row[1] for row in rows)


def test_an_import_whose_file_is_gone_says_so(database: str) -> None:
    """Guards against a page that shows an import for ever under way."""
    actor = make_actor(Role.ADMIN)
    import_id = upload(actor, LEADS)
    start_import(import_id, actor=actor)
    with read_session() as session:
        path_of(session.get_one(ImportRun, import_id)).unlink()
    continue_import(import_id, actor=actor)
    done = get_import(import_id, actor=actor)
    assert (done.status, done.message) == ("failed", "import.file_gone")
