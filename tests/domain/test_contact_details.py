import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadhub.domain.contact_details import (
    country_code,
    fold,
    is_nickname,
    is_same_number,
    normalise_company_name,
    normalise_email,
    normalise_person_name,
    normalise_phone,
    normalise_street,
    parse_address,
    parse_company_name,
    parse_email,
    parse_person_name,
    parse_phone,
    parse_website,
    sound_key,
)

NORMALISERS = [
    fold,
    normalise_person_name,
    normalise_company_name,
    normalise_email,
    normalise_phone,
    normalise_street,
    parse_website,
]
ODD_TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                "GmbH",
                "& Co.",
                "KG",
                "the",
                "Jr.",
                "Dr.",
                "mc",
                "von",
                "Müller",
                "s",
                "p",
                "a",
                ",",
                "(Bob)",
                "Ltd",
                "and",
                "O'",
                "-",
            ]
        ),
        max_size=7,
    ).map(" ".join),
    st.emails(),
)


@pytest.mark.parametrize("normalise", NORMALISERS, ids=lambda function: function.__name__)
@given(text=ODD_TEXTS)
def test_normalising_twice_changes_nothing(normalise, text):
    """Guards stored normal forms that differ from those of the next save."""
    once = normalise(text)
    assert normalise(once) == once


@pytest.mark.parametrize(
    "junk", [None, "", " ", "\x00", "????", "-", "…", "@", "+", "nan", "a" * 5000, "﷽", "\ud800"]
)
def test_junk_never_raises(junk):
    """Guards an import that stops at one bad cell."""
    for normalise in (
        *NORMALISERS,
        parse_person_name,
        parse_company_name,
        parse_phone,
        parse_email,
        country_code,
        sound_key,
    ):
        normalise(junk or "")
    for normalise in (
        *NORMALISERS,
        parse_person_name,
        parse_company_name,
        parse_phone,
        parse_email,
        country_code,
    ):
        normalise(junk)


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "Hans-Peter Müller",
            "Müller, Hans Peter",
            "Dr. Hans-Peter Müller",
            "MÜLLER Hans-Peter",
            "  hans peter MÜLLER ",
        ),
        ("Jan van der Berg", "van der Berg, Jan", "Mr Jan van der Berg"),
        ("Vries, Jan de", "Jan de Vries"),
        ("John Smith", "Smith, John, Jr.", "John Smith, MBA", "Mr. John Smith Jr."),
        ("Conor O’Brien", "O'Brien, Conor", "Conor OBrien"),
        ("Ronald McDonald", "Mc Donald, Ronald"),
        ("Иван Петрович Иванов", "Иванов Иван Петрович", "Ivan Petrovich Ivanov"),
        ("王小明", "Xiaoming Wang", "王 小明"),
        ("山田 太郎", "山田太郎"),
        ("김민수", "Minsu Kim"),
        ("Jürgen Müller", "Juergen Mueller", "MUELLER, Jürgen"),
        ("Søren Kjær", "Soeren Kjaer"),
        ("Γιώργος Νικολάου", "Νικολάου, Γιώργος"),
        ("Þór Sigurðsson", "Thor Sigurdsson"),
        ("José Ñáñez", "JOSÉ ÑÁÑEZ", "Jose Nanez"),
    ],
)
def test_one_person_written_in_several_ways_has_one_name(spellings):
    """Guards a contact that is not found because the name came in another order or script."""
    assert len({normalise_person_name(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("text", "given_name", "middle", "family"),
    [
        ("María López", "maria", "", "lopez"),
        ("Anna Müller-Lüdenscheid", "anna", "", "muller ludenscheid"),
        ("J.R.R. Tolkien", "j", "r r", "tolkien"),
        ("Ludwig van Beethoven", "ludwig", "", "beethoven"),
        ("DUPONT Jean", "jean", "", "dupont"),
        ("Cher", "", "", "cher"),
        ("Jack Ma", "jack", "", "ma"),
    ],
)
def test_a_full_name_splits_into_its_parts(text, given_name, middle, family):
    """Guards a family name that ends up as the given one."""
    name = parse_person_name(text)
    assert (name.given, name.middle, name.family) == (given_name, middle, family)


def test_parts_and_full_text_give_the_same_name():
    """Guards a lead's one-field name against a contact's separate fields."""
    assert (
        parse_person_name("Jan van der Berg").key == parse_person_name(given="Jan", family="van der Berg").key
    )
    assert parse_person_name("王小明").key == parse_person_name(given="小明", family="王").key


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Bob", "Robert"),
        ("Sasha", "Aleksandr"),
        ("Pepe", "José"),
        ("Kasia", "Katarzyna"),
        ("Jim", "James"),
        ("Dima", "Dmitry"),
    ],
)
def test_short_forms_stand_for_full_names(left, right):
    """Guards nicknames beyond English ones."""
    assert is_nickname(fold(left), fold(right))
    assert is_nickname(fold(right), fold(left))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Aleksandr", "Alexander"),
        ("Yulia", "Julia"),
        ("Muhammad", "Mohamed"),
        ("Schmidt", "Schmitt"),
        ("Tchaikovsky", "Чайковский"),
        ("Müller", "Mueller"),
        ("Smith", "Smyth"),
    ],
)
def test_spelling_variants_sound_the_same(left, right):
    """Guards transliteration variants; d and t at the end may differ."""
    one, other = sound_key(fold(left)), sound_key(fold(right))
    assert one == other or one.rstrip("dt") == other.rstrip("dt")


@pytest.mark.parametrize(
    ("text", "country", "e164", "extension"),
    [
        ("+44 20 7946 0958", None, "+442079460958", ""),
        ("020 7946 0958", "GB", "+442079460958", ""),
        ("0044 20 7946 0958", "DE", "+442079460958", ""),
        ("(415) 555-2671 ext. 42", "US", "+14155552671", "42"),
        ("1-955-371-0847 x371", "US", "+19553710847", "371"),
        ("8 (912) 345-67-89", "RU", "+79123456789", ""),
        ("tel:+49-30-901820", None, "+4930901820", ""),
        ("4155552671.0", "US", "+14155552671", ""),
        ("٠٥٠ ١٢٣ ٤٥٦٧", "AE", "+971501234567", ""),
        ("030 901820", "Deutschland", "+4930901820", ""),
    ],
)
def test_a_phone_becomes_e164(text, country, e164, extension):
    """Guards two spellings of one number; what was typed is kept."""
    number = parse_phone(text, country)
    assert number is not None
    assert (number.e164, number.extension, number.typed) == (e164, extension, text)


@pytest.mark.parametrize(
    "text",
    ["-2237", "5.32E+09", "5,32e+09", "-4155552671", "12", "n/a", "0000000000", "call me", "3.5", None],
)
def test_what_a_spreadsheet_made_of_a_phone_is_no_phone(text):
    """Guards matches on broken cells."""
    assert parse_phone(text, "US") is None


def test_numbers_without_a_country_compare_by_their_last_nine_digits():
    """Guards an import without a country column."""
    assert is_same_number(parse_phone("020 7946 0958"), parse_phone("+44 20 7946 0958"))
    assert not is_same_number(parse_phone("+1 207 946 0958"), parse_phone("+44 20 7946 0958"))


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("  John.Smith+crm@GoogleMail.com ", "johnsmith@gmail.com"),
        ("mailto:Info@Example.COM", "info@example.com"),
        ("Jane Doe <jane.doe@example.com>", "jane.doe@example.com"),
        ("a@example.com; b@example.com", "a@example.com"),
        ("ivan@пример.рф", "ivan@xn--e1afmkfd.xn--p1ai"),
        ("no at sign", ""),
        ("@example.com", ""),
    ],
)
def test_an_email_has_one_normal_form(text, normal):
    """Guards one mailbox that is written in several ways."""
    assert normalise_email(text) == normal


def test_free_mail_and_shared_mailboxes_are_known():
    """Guards a provider's domain being taken for a company's."""
    assert parse_email("a.b@gmail.com").is_free_mail
    assert parse_email("info@acme.example").is_shared_mailbox
    assert not parse_email("jane@acme.example").is_free_mail


@pytest.mark.parametrize(
    "spellings",
    [
        ("Müller GmbH & Co. KG", "MULLER GMBH + CO KG", "Müller", "Müller GmbH"),
        ("N.V. Nutricia", "Nutricia NV", "NUTRICIA N V"),
        ("A B SKF", "SKF AB"),
        ("ООО «Ромашка»", "Romashka OOO", "Ромашка"),
        ("株式会社日立製作所", "日立製作所", "(株)日立製作所"),
        ("华为技术有限公司", "华为技术"),
        ("Grupo Bimbo S.A.B. de C.V.", "Grupo Bimbo"),
        ("The Coca-Cola Company", "Coca Cola Co."),
        ("Marks & Spencer plc", "Marks and Spencer", "MARKS SPENCER P.L.C."),
        ("Bosch Sanayi ve Ticaret A.Ş.", "Bosch"),
        ("PT Telkom Indonesia (Persero) Tbk", "Telkom Indonesia"),
        ("Foo Sp. z o.o.", "FOO SP Z O O"),
        ("Novák s.r.o.", "Novak, spol. s r.o."),
        ("Acme Intl. Mfg. Corp", "ACME International Manufacturing Corporation"),
    ],
)
def test_one_company_written_in_several_ways_has_one_core(spellings):
    """Guards legal forms of all countries."""
    assert len({normalise_company_name(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    "name", ["GmbH", "Co", "株式会社", "S.A.", "SAP SE", "Société Générale", "The", "AS Roma"]
)
def test_a_company_name_never_becomes_empty(name):
    """Guards names that consist of legal forms."""
    assert normalise_company_name(name)
    assert normalise_company_name("SAP Deutschland") == "sap deutschland"


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://www.shop.example.co.uk/path?x=1", "example.co.uk"),
        ("HTTP://Example.COM:8080", "example.com"),
        ("example.com", "example.com"),
        ("linkedin.com/company/acme/", "linkedin.com/company/acme"),
        ("http://münchen.de", "xn--mnchen-3ya.de"),
        ("not a site", ""),
        ("co.uk", ""),
        ("http://10.0.0.1/x", "10.0.0.1"),
    ],
)
def test_a_website_is_known_by_its_registrable_host(text, host):
    """Guards shared suffixes and social networks."""
    assert parse_website(text) == host


def test_addresses_compare_by_street_number_and_postcode():
    """Guards abbreviations in streets."""
    one = parse_address(street="12 Main Street", postcode="1010.0", city="Wien")
    other = parse_address(street="Main St. 12", postcode=" 1010 ", city="WIEN")
    assert one == other
    assert parse_address(street="Hauptstraße 5").street == parse_address(street="Hauptstr. 5").street


@pytest.mark.parametrize(
    ("text", "code"),
    [("de", "DE"), ("Germany", "DE"), ("Deutschland", "DE"), ("UK", "GB"), ("Россия", "RU"), ("Nowhere", "")],
)
def test_a_country_is_read_from_code_or_name(text, code):
    """Guards phones of records whose country is a name."""
    assert country_code(text) == code


@pytest.mark.parametrize(
    "text", ["streetstr.", "12astr.", "placestr.//ß,«", "Hauptstrasse 5", "firststr.-St."]
)
def test_glued_street_words_normalise_once(text):
    """Guards street words that a second pass would shorten again."""
    assert normalise_street(normalise_street(text)) == normalise_street(text)
