"""Bringing a file in: upload, map, preview, run, repair, undo."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageErrors
from tests.e2e.server import Server

NAMES = ("Amber", "Birch", "Cedar", "Dune", "Ember")


def write_file(path: Path, stem: str) -> Path:
    """Five leads: one is wrong, one has a stage that only a person can tell."""
    rows = ["Lead Id,First Name,Last Name,Company,Email,Lead Status,Shoe size"]
    for n, name in enumerate(NAMES):
        email = "nowhere" if n == 1 else f"{name}@{stem}.example.com".lower()
        rows.append(f"{stem}-{n},{name},{stem},{stem} Ltd,{email},{'Zonk' if n == 2 else 'New'},3{n}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def sign_in(page: Page, server: Server, path: str = "/imports") -> None:
    page.goto(f"{server.url}/sign-in?next={path}")
    page.get_by_role("button", name=re.compile("^MM Marco Manager|Marco Manager")).click()
    page.wait_for_url(f"**{path}*")


def count_of(page: Page, name: str) -> str:
    return page.locator(f'[data-count="{name}"] dd').inner_text()


@pytest.mark.covers("F-04", "C-03", "B-02")
def test_a_file_becomes_leads_and_is_repaired_and_undone(page: Page, server: Server, tmp_path: Path) -> None:
    """Guards against an import that a person cannot bring to its end."""
    file = write_file(tmp_path / "fair.csv", f"Fair{server.port}")
    sign_in(page, server)
    page.get_by_role("link", name="New import").first.click()
    page.get_by_label("Choose file").set_input_files(file)
    page.get_by_role("radio", name="Skip").wait_for()
    expect(page.get_by_role("combobox", name="What the file holds")).to_have_value("Leads")
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_role("combobox", name="Company", exact=True)).to_have_value("Account name")
    expect(page.get_by_role("combobox", name="Shoe size", exact=True)).to_have_value("")
    stage = page.get_by_role("combobox", name="Stage for Zonk")
    stage.fill("Nurturing")
    page.get_by_role("option", name="Nurturing", exact=True).click()
    expect(stage).to_have_value("Nurturing")
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_text("4 of the first 5 rows can be imported.")).to_be_visible()
    expect(page.get_by_text("is not an email address").first).to_be_visible()
    page.get_by_role("button", name="Start import").click()
    page.get_by_role("heading", name="Import finished").wait_for(timeout=60_000)
    assert (count_of(page, "created"), count_of(page, "failed")) == ("4", "1")

    with page.expect_download() as download:
        page.get_by_role("button", name="Download failed rows").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "Problem" in text.splitlines()[0]
    assert len(text.splitlines()) == 2
    corrected = tmp_path / "corrected.csv"
    corrected.write_text(text.replace("nowhere", f"birch@{server.port}.example.com"), encoding="utf-8")
    first = page.url
    page.get_by_role("link", name="New import").click()
    page.get_by_label("Choose file").set_input_files(corrected)
    expect(page.get_by_text("mapped as last time")).to_be_visible()
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_role("button", name="Preview", exact=True).click()
    page.get_by_role("button", name="Start import").click()
    page.get_by_role("heading", name="Import finished").wait_for(timeout=60_000)
    assert (count_of(page, "created"), count_of(page, "failed")) == ("1", "0")

    page.goto(first)
    page.get_by_role("button", name="Undo import").click()
    page.get_by_role("heading", name="Import undone").wait_for()
    page.get_by_role("link", name="All imports").click()
    row = page.get_by_role("row", name=re.compile("fair.csv")).first
    expect(row).to_contain_text("Undone")


def test_a_file_that_is_no_table_is_refused_in_words(page: Page, server: Server, tmp_path: Path) -> None:
    """Guards against an upload that ends in silence."""
    file = tmp_path / "leads.pdf"
    file.write_bytes(b"%PDF-1.7 rubbish")
    sign_in(page, server, "/imports/new")
    page.get_by_label("Choose file").set_input_files(file)
    expect(page.get_by_role("alert").filter(has_text="This file is not a table")).to_be_visible()


def test_a_file_over_the_limit_is_refused_in_words(
    start_server: Callable[..., Server], page: Page, page_errors: PageErrors, tmp_path: Path
) -> None:
    """Guards against a disk that fills up, and against a person who is not told why."""
    page_errors.expect("/_upload")  # the rest of the file is not read
    server = start_server("sqlite", max_upload_mb="1")
    file = tmp_path / "large.csv"
    file.write_text("Name,Email\n" + "Eva,eva@example.com\n" * 200_000, encoding="utf-8")
    sign_in(page, server, "/imports/new")
    page.get_by_label("Choose file").set_input_files(file)
    expect(page.get_by_role("alert").filter(has_text="larger than 1 MB")).to_be_visible(timeout=20_000)
    assert list((server.data_dir / "imports").iterdir()) == []


def test_a_run_is_followed_on_another_screen(
    open_page: Callable[..., Page], server: Server, tmp_path: Path
) -> None:
    """Guards against a history that must be reloaded to tell the truth."""
    one, two = open_page(), open_page()
    sign_in(two, server)
    two.get_by_role("link", name="New import").first.wait_for()
    file = write_file(tmp_path / f"followed{server.port}.csv", f"Followed{server.port}")
    sign_in(one, server, "/imports/new")
    one.get_by_label("Choose file").set_input_files(file)
    row = two.get_by_role("row", name=re.compile(file.name))
    expect(row).to_contain_text("Not started")
    one.get_by_role("button", name="Next", exact=True).click()
    one.get_by_role("button", name="Preview", exact=True).click()
    one.get_by_role("button", name="Start import").click()
    expect(row).to_contain_text("Finished", timeout=60_000)
