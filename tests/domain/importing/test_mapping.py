import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadhub.domain.fields import Entity
from leadhub.domain.importing.headers import find_header_row, name_columns
from leadhub.domain.importing.mapping import guess_entity, guess_mapping, header_signature
from leadhub.domain.importing.stages import StageOption, map_stage, map_stages
from leadhub.domain.importing.synonyms import SYNONYMS
from leadhub.domain.importing.targets import targets_of
from leadhub.texts import catalogue

LEAD_STAGES = (
    StageOption("qualification", "Qualification", "pending"),
    StageOption("nurturing", "Nurturing", "in_progress"),
    StageOption("handoff", "Handoff to sales", "in_progress"),
    StageOption("awaiting_sale", "Awaiting sale", "in_progress"),
    StageOption("need_satisfied", "Need satisfied", "won"),
    StageOption("not_interested", "Not interested", "lost"),
    StageOption("disqualified", "Disqualified", "cancelled"),
)
SALE_STAGES = (
    StageOption("qualification", "Qualification", "pending"),
    StageOption("presentation", "Presentation", "in_progress"),
    StageOption("proposal", "Proposal", "in_progress"),
    StageOption("contracting", "Contracting", "in_progress"),
    StageOption("closed_won", "Closed won", "won"),
    StageOption("closed_lost", "Closed lost", "lost"),
)


def mapped(entity: str, headers: str, *rows: str) -> dict[str, str]:
    names = headers.split("|")
    guess = guess_mapping(names, [row.split("|") for row in rows], entity)
    return {names[index]: target for index, target in guess.targets.items()}


@pytest.mark.parametrize(
    ("entity", "headers", "targets"),
    [
        (
            "lead",
            "Id|FirstName|LastName|Title|Company|State|PostalCode|LeadSource|Status|NumberOfEmployees|OwnerId|IsConverted",
            "external_id first_name last_name job_title account_name address address source stage employees "
            "owner.id converted",
        ),
        (
            "lead",
            "created_time|campaign_id|campaign_name|platform|full_name|email|phone_number|company_name|lead_status",
            "created_at campaign.id campaign source contact_name email business_phone account_name stage",
        ),
        (
            "lead",
            "Vorname|Nachname|Firma|Straße|PLZ|Ort|E-Mail|Mobil|Herkunft|Umsatz|Erstellt am|Betreuer",
            "first_name last_name account_name address address city email mobile_phone source annual_revenue "
            "created_at owner",
        ),
        (
            "lead",
            "LEADID|Last Name|Lead Owner|Mobile|Lead Status|Created Time|CONVERTED",
            "external_id last_name owner mobile_phone stage created_at converted",
        ),
        (
            "contact",
            "Record ID|Mobile Phone Number|Company Name|Country/Region|Contact owner|Associated Company IDs",
            "external_id mobile_phone account country owner account.id",
        ),
        (
            "contact",
            "email_work|email_home|phone_work|phone_other|company_id|linkedin_url",
            "email other_email business_phone other_phone account.id other_link",
        ),
        (
            "opportunity",
            "Potential Name|Closing Date|Amount|Stage|Probability|LEADID|Campaign Id",
            "title expected_close_on amount stage win_probability lead.id campaign.id",
        ),
        (
            "opportunity",
            "Deal - Title|Deal - Value|Deal - Owner|Deal - Lost reason",
            "title amount owner lost_reason",
        ),
        (
            "activity",
            "TASKID|Call Start Time|Call Owner|Subject|Call Type|CONTACTID|POTENTIALID",
            "external_id starts_at owner title direction contact.id opportunity.id",
        ),
        (
            "campaign",
            "CAMPAIGNID|Campaign Name|Budgeted Cost|Actual Cost|End Date",
            "external_id name budget cost ends_on",
        ),
        (
            "account",
            "Kundennummer|Firma|USt-ID|Branche|Mitarbeiter|Homepage",
            "external_id name tin industry employees website",
        ),
    ],
)  # fmt: skip
def test_layouts_of_other_programs_are_known(entity: str, headers: str, targets: str) -> None:
    """Everybody who moves in would have to map every column by hand."""
    assert mapped(entity, headers) == dict(zip(headers.split("|"), targets.split(), strict=True))


@pytest.mark.parametrize("entity", list(Entity))
def test_our_own_export_maps_back_onto_itself(entity: Entity) -> None:
    """An exported file, corrected and loaded again, would lose columns."""
    texts = catalogue("en")
    targets = targets_of(entity)
    headers = [str(texts[target.label_key]) for target in targets.values()]
    guess = guess_mapping(headers, [], entity)
    assert [guess.targets.get(index) for index in range(len(headers))] == list(targets)


def test_every_synonym_names_a_target() -> None:
    """A renamed field would silently lose its synonyms."""
    for entity, words in SYNONYMS.items():
        assert set(words) <= set(targets_of(entity)), entity


def test_what_stands_below_a_header_outweighs_its_name() -> None:
    """A column "Phone" full of addresses would fill the phone field with them."""
    assert mapped("lead", "Phone|Telefon", "a@b.example|+49 30 1", "c@d.example|+49 30 12345678")[
        "Telefon"
    ] == ("business_phone")
    assert mapped("lead", "Info 1|Name", "a@b.example|A", "c@d.example|B") == {
        "Info 1": "email",
        "Name": "contact_name",
    }
    assert "stage" not in mapped("lead", "State|Name", "TX|A", "CA|B").values()
    assert "stage" not in mapped("lead", "Status|Name", "Opened|A", "Bounced|B").values()
    assert mapped("lead", "Lead Status|Name", "Purple|A", "Green|B")["Lead Status"] == "stage"


def test_minutes_are_taken_before_seconds() -> None:
    """The rounded column would lose to the one that needs rounding."""
    headers = "Call Duration (in seconds)|Call Duration (in minutes)"
    assert mapped("activity", headers, "420|7") == {"Call Duration (in minutes)": "duration_minutes"}


def test_a_target_takes_one_column_and_the_others_are_reported() -> None:
    """Two companies in one row would overwrite each other unseen."""
    guess = guess_mapping(["Company", "Company Name", "Gender"], [["A", "A", "f"]], "lead")
    assert guess.targets == {0: "account_name"}
    assert guess.unmapped == (1, 2)


def test_nothing_is_mapped_where_nothing_fits() -> None:
    """Noise would be imported as leads."""
    assert mapped("lead", "Foo|Bar|gender", "1|2|f") == {}


@pytest.mark.parametrize(
    ("entity", "headers"),
    [
        ("lead", "LEADID|Last Name|Company|Lead Owner|Email|Lead Status|CONVERTED"),
        ("contact", "CONTACTID|Last Name|Contact Owner|Account Id|Email|Mobile"),
        ("account", "ACCOUNTID|Account Name|Account Owner|Account Type|Industry|Website"),
        ("opportunity", "Potential Name|Closing Date|Amount|Stage|Probability|LEADID"),
        ("activity", "Task Owner|Subject|Created Time|Due Date|Status"),
        ("campaign", "CAMPAIGNID|Campaign Name|Type|Status|Budgeted Cost|Start Date"),
        ("user", "USER_ID|First Name|Last Name|Email"),
    ],
)
def test_the_kind_of_file_is_guessed_from_its_headers(entity: str, headers: str) -> None:
    """Contacts would be offered for import as leads."""
    assert guess_entity(headers.split("|"), [])[0][0] == entity


def test_the_file_name_decides_between_like_files() -> None:
    """A list of names and e-mails fits leads and contacts alike."""
    headers = ["Name", "Email", "Phone"]
    assert guess_entity(headers, [], filename="contacts_2024.csv")[0][0] == "contact"
    assert guess_entity(headers, [], filename="our leads.xlsx")[0][0] == "lead"


def test_files_of_calls_events_and_tasks_imply_the_kind() -> None:
    """Every row would fail for want of the required kind."""
    assert guess_mapping(["Call Start Time", "Subject"], [], "activity").defaults == {
        "kind": "call",
        "status": "done",
    }
    assert guess_mapping(["Subject", "End DateTime"], [], "activity").defaults == {"kind": "meeting"}
    assert guess_mapping(["Subject", "Due Date"], [], "activity").defaults == {"kind": "task"}


def test_a_mapping_is_remembered_by_the_headers_whatever_their_spelling() -> None:
    """Next month's file would have to be mapped again."""
    assert header_signature(["First Name", "E-Mail"]) == header_signature(["first name", "e-mail "])
    assert header_signature(["A", "B"]) != header_signature(["B", "A"])
    assert header_signature(["AB", ""]) != header_signature(["A", "B"])


@pytest.mark.parametrize(
    ("label", "lead", "sale"),
    [
        ("Closed Won", "need_satisfied", "closed_won"),
        ("Closed Lost", "not_interested", "closed_lost"),
        ("Junk Lead", "disqualified", "closed_lost"),
        ("Open - Not Contacted", "qualification", "qualification"),
        ("Contacted", "qualification", "qualification"),
        ("Contact in Future", "nurturing", None),
        ("Pre-Qualified", "handoff", "presentation"),
        ("Closed - Converted", "awaiting_sale", None),
        ("Needs Analysis", "awaiting_sale", "presentation"),
        ("Proposal/Price Quote", "awaiting_sale", "proposal"),
        ("Negotiation/Review", "awaiting_sale", "contracting"),
        ("handoff to  sales", "handoff", None),
        ("Qualifiziert", "handoff", "presentation"),
        ("Purple", None, None),
    ],
)
def test_stages_of_other_programs_find_ours(label: str, lead: str | None, sale: str | None) -> None:
    """Won deals would start again at Qualification."""
    assert map_stage(label, LEAD_STAGES) == lead
    if sale is not None:
        assert map_stage(label, SALE_STAGES) == sale


def test_a_stage_corrected_by_hand_stays_corrected() -> None:
    """The guess would win over the person."""
    corrections = {"purple": "nurturing", "closed won": "handoff", "gone": "no_such_stage"}
    found = map_stages(["Purple", "Closed Won", "Gone"], LEAD_STAGES, corrections=corrections)
    assert found == {"Purple": "nurturing", "Closed Won": "handoff", "Gone": None}


@given(
    st.lists(st.text(max_size=12), max_size=12),
    st.lists(st.lists(st.text(max_size=8), max_size=12), max_size=4),
)
def test_any_headers_give_a_mapping_of_known_targets(headers: list[str], rows: list[list[str]]) -> None:
    """A strange file would stop the import dialog."""
    for entity in SYNONYMS:
        guess = guess_mapping(headers, rows, entity)
        single = [key for key in guess.targets.values() if not targets_of(entity)[key].takes_many]
        assert len(single) == len(set(single))
        assert sorted([*guess.targets, *guess.unmapped]) == list(range(len(headers)))


@given(st.lists(st.lists(st.text(max_size=6), max_size=6), max_size=8))
def test_any_rows_have_at_most_one_header_and_unique_keys(rows: list[list[str]]) -> None:
    """Two columns of one key would be read as one."""
    found = find_header_row(rows)
    assert found is None or 0 <= found < len(rows)
    columns = name_columns(rows[found] if found is not None else None, 8)
    assert len({column.key.casefold() for column in columns}) == 8
