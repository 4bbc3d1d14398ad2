import pytest

from bench.matching import main
from bench.matching_made import made_accounts, made_contacts
from bench.matching_methods import own_pairs, quality_of
from bench.matching_sets import guess_columns, guess_id, load_files

LEFT = """Kunden-ID;Vorname;Nachname;E-Mail;Telefon;Ort
A1;Katharina;Müller;k.mueller@acme.example;030 901820;Berlin
A2;Ivan;Petrov;ivan@petrov.example;;Moskau
A3;Anna;Berg;;;Wien
"""
RIGHT = """id,full_name,email,phone,city
x9,"Mueller, Katharina",K.Mueller@acme.example,+49 30 901820,Berlin
x8,Иван Петров,ivan@petrov.example,,Moscow
x7,Olga Lang,olga@lang.example,,Graz
"""
CLUSTERED = """rec,name,website,truth
r1,Acme GmbH,acme.example,c1
r2,ACME,www.acme.example,c1
r3,Rheinmetall AG,,c2
"""


@pytest.fixture
def files(tmp_path):
    contents = {
        "left.csv": LEFT,
        "right.csv": RIGHT,
        "pairs.csv": "left,right\nA1,x9\nA2,x8\n",
        "one.csv": CLUSTERED,
        "clusters.csv": "record_id,cluster_id\nr1,1\nr2,1\nr3,2\n",
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_two_files_with_pairs_are_read(files):
    """Guards ids of text, other delimiters and headers in other languages."""
    labelled = load_files("two", "contact", files / "left.csv", files / "right.csv", files / "pairs.csv")
    assert labelled.truth == {("0:A1", "1:x9"), ("0:A2", "1:x8")}
    assert labelled.records["0:A1"].family_name == "Müller"
    assert labelled.records["0:A1"].phones == ("030 901820",)
    assert labelled.records["1:x9"].full_name == "Mueller, Katharina"
    assert own_pairs(labelled).grouped == labelled.truth


@pytest.mark.parametrize("truth", ["truth", "clusters.csv"])
def test_clusters_come_from_a_column_or_a_file(files, truth):
    """Guards both forms of truth."""
    labelled = load_files("one", "account", files / "one.csv", None, files / truth if "." in truth else truth)
    assert labelled.truth == {("r1", "r2")}


def test_columns_are_guessed_by_name():
    """Guards the usual headers."""
    headers = ["record_id", "First Name", "LAST_NAME", "emailAddress", "Company", "dob", "postal code"]
    rows = [dict.fromkeys(headers, "x") | {"record_id": str(n)} for n in range(3)]
    assert guess_id(headers, rows) == "record_id"
    assert guess_columns(headers[1:], rows, "contact") == {
        "First Name": "given_name",
        "LAST_NAME": "family_name",
        "emailAddress": "email",
        "Company": "company",
        "dob": "birth_date",
        "postal code": "postcode",
    }


def test_the_command_prints_a_table(files, capsys):
    """Guards the command line."""
    arguments = ["--kind", "contact", "--left", str(files / "left.csv"), "--right", str(files / "right.csv")]
    assert main([*arguments, "--truth", str(files / "pairs.csv"), "--verbose"]) == 0
    printed = capsys.readouterr().out
    assert "exact rules" in printed
    assert "1.0000    1.0000    1.0000" in printed


@pytest.mark.parametrize(
    ("labelled", "least"),
    [(made_contacts(500), 0.9), (made_accounts(400), 0.93)],
    ids=["persons", "companies"],
)
def test_matching_holds_on_many_countries_and_scripts(labelled, least):
    """Guards against a change that helps one set and harms the rest."""
    assert quality_of(own_pairs(labelled).grouped, labelled).f1 > least
