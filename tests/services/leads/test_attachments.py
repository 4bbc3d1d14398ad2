import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadhub.domain.actor import Role
from leadhub.domain.errors import InvalidInput, LeadNotFound, NotFound, NotPermitted
from leadhub.domain.file_names import clean_file_name
from leadhub.queries.attachments import get_file
from leadhub.services.leads.attachments import add_attachment, delete_attachment, stored_path
from leadhub.services.undo import undo_action
from leadhub.settings import get_settings
from tests.factories import make_actor, make_lead


def test_a_file_is_kept_and_comes_back_after_undo(database: str) -> None:
    """Guards against a deletion that loses the bytes."""
    actor = make_actor()
    lead_id = make_lead(stage_key="disqualified", state="cancelled")
    done = add_attachment(lead_id, "..\\offer 1.pdf", io.BytesIO(b"%PDF-1.7"), actor=actor)
    file = get_file(done.attachment_id, actor=actor)
    assert (file.file_name, file.size_bytes) == ("offer 1.pdf", 8)
    assert file.path_in(get_settings().attachments_dir).read_bytes() == b"%PDF-1.7"
    gone = delete_attachment(done.attachment_id, actor=actor)
    with pytest.raises(NotFound):
        get_file(done.attachment_id, actor=actor)
    undo_action(gone.action_id, actor=actor)
    assert get_file(done.attachment_id, actor=actor) == file


def test_a_file_of_a_hidden_lead_is_not_found(database: str) -> None:
    """Guards against downloads by guessing ids."""
    owner = make_actor()
    lead_id = make_lead(owner_id=owner.user_id)
    done = add_attachment(lead_id, "a.txt", b"x", actor=owner)
    stranger = make_actor()
    for wrong in (done.attachment_id, 0, None, "1", 2**70):
        with pytest.raises(NotFound):
            get_file(wrong, actor=stranger)
        with pytest.raises(NotFound):
            delete_attachment(wrong, actor=stranger)
    with pytest.raises(LeadNotFound):
        add_attachment(lead_id, "b.txt", b"x", actor=stranger)
    with pytest.raises(NotPermitted):
        delete_attachment(done.attachment_id, actor=make_actor(Role.MARKETER))


def test_too_large_files_and_programs_are_refused_without_a_trace(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards against a full disk and against malware in a lead."""
    monkeypatch.setattr(get_settings(), "max_attachment_mb", 1)
    actor = make_actor()
    lead_id = make_lead()
    for name, content in (("big.bin", b"x" * (1 << 20) + b"x"), ("run.EXE", b"MZ"), ("", b"x"), ("..", b"x")):
        with pytest.raises(InvalidInput):
            add_attachment(lead_id, name, content, actor=actor)
    folder = get_settings().attachments_dir
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert stored_path("abcd").parent.parent == folder


@given(st.text())
def test_a_file_name_never_leaves_its_folder(name: str) -> None:
    """Guards against ../ in a download's name."""
    cleaned = clean_file_name(name)
    assert not set(cleaned) & set('/\\\x00\r\n"')
    assert not cleaned.startswith(".")
    assert len(cleaned) <= 200
    assert clean_file_name(cleaned) == cleaned
