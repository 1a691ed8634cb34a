"""A teacher's own matrix: every form that is right is read, every fault that is there is told."""

import codecs
import csv
import os
import string
import subprocess
import sys
import unicodedata

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import srm_data as srm
from srm_data.core.dataset import table_frame
from srm_data.core.frames import as_matrix
from srm_data.core.party_spellings import parse_party
from srm_data.core.vocabulary import LANGUAGES, PARTIES
from srm_data.files.paths import DATA
from srm_data.readers.csv_text import sign_fault
from srm_data.views import sentences
from srm_data.views.figures import draw as figures
from srm_data.views.html import tables

MATRICES = sorted(table_frame("matrices")["matrix"])
WIDE = "area,On-premises,IaaS,PaaS\nBackup,customer,shared,provider\nBuilding,customer,provider,n/a\n"
TIDY = (
    "area,column,party,customer_part,provider_part,qualifier,disputed,source_title,source_url,edition\n"
    "Backup,IaaS,customer,,,,false,Our school,https://school.example/it,2026\n"
    "Backup,PaaS,shared,chooses what is kept,makes the copies,only on weekdays,true,,,\n"
)


@pytest.fixture(autouse=True)
def english_again():
    yield
    srm.use_language("en")


@pytest.fixture
def read(tmp_path):
    """Write content to mine.csv and read it as a matrix."""

    csv.field_size_limit(131_072)  # Python's own; frictionless, in other tests, raises it for all

    def read(content, **options):
        file = tmp_path / "mine.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return srm.read_matrix(file, **options)

    return read


@pytest.fixture
def faults(read):
    """What is wrong with a file: (line, column, value) and the text of every fault."""

    def faults(content):
        with pytest.raises(srm.MatrixFileError) as error:
            read(content)
        assert str(error.value).count("\n") == min(len(error.value.faults), 41)  # each has its line
        return error.value.faults

    return faults


def as_lists(frame):
    return [[None if value != value else value for value in row] for row in frame.astype(object).to_numpy()]


# What is right


def test_the_table_as_a_spreadsheet_has_it(read):
    frame = read(WIDE)
    assert frame.index.name == "area"
    assert [*frame.index] == ["Backup", "Building"]
    assert [*frame.columns] == ["On-premises", "IaaS", "PaaS"]
    assert as_lists(frame) == [["customer", "shared", "provider"], ["customer", "provider", None]]
    assert all(frame[column].cat.ordered for column in frame)
    assert [*frame["IaaS"].cat.categories] == list(PARTIES)


def test_the_tidy_form_keeps_parts_doubt_and_source(read):
    cells = srm.load_cells(read(TIDY)).set_index("column")
    assert cells.loc["PaaS", "customer_part"] == "chooses what is kept"
    assert cells.loc["PaaS", "provider_part"] == "makes the copies"
    assert cells.loc["PaaS", "qualifier"] == "only on weekdays"
    assert cells["disputed"].tolist() == [False, True]
    assert set(cells["source_title"]) == {"Our school"}
    assert set(cells["source_url"]) == {"https://school.example/it"}
    assert set(cells["edition"]) == {"2026"}


def test_the_example_that_ships_is_right():
    frame = srm.read_matrix(DATA / "own-matrix.csv")
    assert [*frame.columns] == ["School server", "School cloud"]
    assert frame.loc["Backup", "School cloud"] == "shared"


@pytest.mark.parametrize("value", ["shared", "SHARED", " Shared ", "S", "s", "gedeeld", "Gedeeld", "G", "g"])
def test_a_party_may_be_a_word_or_a_letter_in_either_language(value, read):
    assert as_lists(read(f"area,IaaS\nBackup,{value}\n")) == [["shared"]]
    assert as_lists(read(f"gebied,IaaS\nBackup,{value}\n", lang="nl")) == [["gedeeld"]]


@pytest.mark.parametrize(("letter", "party"), [*zip("CSPKGL", PARTIES * 2, strict=True)])
def test_no_letter_means_two_things(letter, party):
    assert parse_party(letter) == party


@pytest.mark.parametrize("value", ["n/a", "N/A", "n.v.t.", "nvt", "-", "–"])
def test_not_applicable_is_missing(value, read):
    assert as_lists(read(f"area,IaaS,PaaS\nBackup,{value},C\n")) == [[None, "customer"]]


def test_the_dutch_headings_of_the_tidy_form(read):
    frame = read("Gebied;Kolom;Partij\nBackup;IaaS;klant\nBackup;PaaS;gedeeld\n", lang="nl")
    assert as_lists(frame) == [["klant", "gedeeld"]]


@pytest.mark.parametrize(
    "content",
    [
        WIDE.encode("utf-8-sig"),
        WIDE.encode("utf-16"),
        codecs.BOM_UTF16_BE + WIDE.encode("utf-16-be"),
        WIDE.encode("utf-16-le"),
        WIDE.encode("utf-16-be"),
        WIDE.replace(",", ";").encode(),
        WIDE.replace(",", "\t").encode(),
        WIDE.replace(",", "\t").encode("utf-16"),
        b"sep=;\r\n" + WIDE.replace(",", ";").encode(),
        WIDE.replace("\n", "\r\n").encode(),
        WIDE.replace("\n", "\r").encode(),
        WIDE.replace("\n", ",,\n").encode() + b",,,,,\n",
        ("\n\n" + WIDE.replace("\n", "\n\n")).encode(),
        WIDE.rstrip().encode(),
        WIDE.replace("Building", '"Buil\nding"').replace("Buil\nding", "Building").encode(),
    ],
    ids=[
        "bom",
        "utf-16",
        "utf-16-be",
        "utf-16-le no bom",
        "utf-16-be no bom",
        "semicolons",
        "tabs",
        "tabs utf-16",
        "sep=",
        "crlf",
        "cr",
        "empty columns",
        "empty lines",
        "no last line end",
        "quotes",
    ],
)
def test_what_spreadsheets_write_simply_works(content, read):
    assert as_lists(read(content)) == as_lists(read(WIDE))
    assert [*read(content).index] == ["Backup", "Building"]
    assert [*read(content).columns] == ["On-premises", "IaaS", "PaaS"]


def test_a_line_break_in_quotes_is_a_blank(read):
    frame = read('area,"Platform,\r\nas a service"\r\n"Backup\nand restore",C\r\n')
    assert [*frame.index] == ["Backup and restore"]
    assert [*frame.columns] == ["Platform, as a service"]


def test_commas_in_headings_do_not_hide_the_semicolons(read):
    frame = read("area;Own, on-premises;Theirs, cloud\nBackup;C;P\n")
    assert [*frame.columns] == ["Own, on-premises", "Theirs, cloud"]


def test_accents_come_in_one_piece(read):
    frame = read("area,IaaS\nCafe\u0301,C\n")
    assert [*frame.index] == ["Café"]


def test_a_word_with_more_accents_than_any_has_stays_as_it_is(read):
    word = "e" + "\u0323\u0301" * 20
    assert [*read(f"area,IaaS\n{word} Cafe\u0301,C\n").index] == [
        unicodedata.normalize("NFC", f"{word} Café")
    ]
    with pytest.raises(srm.MatrixFileError, match="longer than 80"):
        read("area,IaaS\ne" + "\u0323\u0301" * 60_000 + ",C\n")


def test_empty_rows_between_and_around_keep_the_number_of_each_line(read):
    with pytest.raises(srm.MatrixFileError) as caught:
        read('\n,,\narea,IaaS\n \n,\n"Back\nup",Q\n\n"x"y,C\n\nBuilding,R\n')
    assert [(fault.line, fault.value) for fault in caught.value.faults] == [(6, "Q"), (9, None), (11, "R")]


def test_after_a_hundred_broken_lines_there_is_no_table(faults):
    assert len(faults("area,IaaS\n" + '"a"b,C\n' * 5_000)) == 100


def test_capitals_make_no_new_area(read):
    frame = read("area,column,party\nBackup,IaaS,C\nbackup,PaaS,S\n")
    assert [*frame.index] == ["Backup"]
    assert as_lists(frame) == [["customer", "shared"]]


@pytest.mark.parametrize("matrix", MATRICES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_matrix_survives_the_way_out_and_back(matrix, lang, tmp_path):
    cells = srm.load_cells(matrix, lang=lang)
    cells.to_csv(tmp_path / "cells.csv", index=lang == "nl")  # with and without row numbers
    back = srm.read_matrix(tmp_path / "cells.csv", lang=lang)
    assert back.equals(srm.load_matrix(matrix, lang=lang))
    kept = [name for name in cells.columns if not name.endswith("_id")]
    assert srm.load_cells(back, lang=lang)[kept].equals(cells[kept])

    srm.load_matrix(matrix, lang=lang).to_csv(tmp_path / "wide.csv", sep=";")
    assert srm.read_matrix(tmp_path / "wide.csv", lang=lang).equals(back)


# How people write the parties


@pytest.mark.parametrize(
    ("party", "written"),
    [
        (
            "customer",
            "Consumer Client You Your User Tenant Subscriber CSC Customer's **Customer** `customer`",
        ),
        (
            "customer",
            "Customer_responsibility Customer_manages Responsibility_of_the_customer Managed_by_you",
        ),
        ("customer", "Afnemer Gebruiker Jij Beheerd_door_de_klant Verantwoordelijkheid_van_de_klant"),
        ("shared", "Both Joint Customer/Provider Vendor_+_Customer AWS_&_customer Customer_and_IBM"),
        ("shared", "Beide Samen Klant_en_leverancier klant/aanbieder Shared_responsibility Microsoft,_you"),
        ("provider", "Microsoft Azure AWS Amazon Google IBM Oracle Red_Hat Microsoft/Red_Hat Google_Cloud"),
        ("provider", "Cloud Cloud_provider CSP Vendor Supplier Cloud_service_provider's_responsibility"),
        ("provider", "Aanbieder Cloudleverancier Dienstverlener Beheerd_door_AWS De_leverancier"),
    ],
)
def test_parties_are_understood_as_people_write_them(party, written, read):
    for value in written.split():
        value = value.replace("_", " ").replace("**Customer**", "**Customer**")
        (found,) = as_lists(read(f'area,IaaS\nBackup,"{value}"\n'))
        assert found == [party], value
        assert parse_party(value) == party


def test_every_provider_that_ships_is_a_provider(read):
    table = table_frame("matrices")
    for name in {*table["provider_en"], *table["provider_short_en"], *table["provider_short_nl"]}:
        if "neutral" not in name:
            assert as_lists(read(f"area,IaaS\nBackup,{name}\n")) == [["provider"]], name


@pytest.mark.parametrize(
    "value",
    [
        "not the customer",
        "nobody",
        "customer or provider",
        "customer / shared",
        "responsible",
        "*",
        "...",
        "1/2",
        "customer and the neighbours",
        "the cloud customer or you",
        "AWS partner",
        "the customer, if asked",
    ],
)
def test_what_may_mean_something_else_is_a_fault(value, faults):
    (fault,) = faults(f'area,IaaS\nBackup,"{value}"\n')
    assert fault.value == value
    assert "is not a party" in str(fault)
    with pytest.raises(srm.UnknownNameError):
        parse_party(value)


def test_a_name_is_explained_in_one_argument(read, faults):
    table = "area,IaaS,SaaS\nBackup,Contoso,You and Contoso\nBuilding,Contoso,X\n"
    told = faults(table)
    assert "parties={'Contoso': \"provider\"}" in str(told[0])
    assert "parties=" not in str(told[2])  # said once for each name
    frame = read(table, parties={"Contoso": "provider", "x": "n.v.t."})
    assert as_lists(frame) == [["provider", "shared"], ["provider", None]]
    assert "Contoso" in tables.model(frame, "SaaS").body  # the view calls the provider by its name
    with pytest.raises(srm.UnknownNameError, match="no party 'boss'"):
        read(table, parties={"Contoso": "boss"})


def test_a_remark_behind_a_party_is_kept(read):
    cells = srm.load_cells(
        read('area,IaaS,PaaS\nBackup,Customer (by default),"AWS (on request, paid)"\nOS,You²,P*\n')
    )
    assert cells["party"].tolist() == ["customer", "provider", "customer", "provider"]
    assert cells["qualifier"].tolist() == ["by default", "on request, paid", "²", "*"]


@pytest.mark.parametrize(
    ("remark", "says"),
    [("<b>x</b>", "holds markup"), ("=1+1", "spreadsheet formula"), ("x" * 301, "longer than 300")],
)
def test_a_remark_is_checked_as_a_qualifier_is(remark, says, faults):
    (fault,) = faults(f"area,IaaS\nBackup,Customer ({remark})\n")
    assert (fault.line, fault.column) == (2, "IaaS")
    assert says in str(fault)


def test_a_dataframe_has_no_place_for_a_remark():
    frame = pd.DataFrame({"IaaS": ["Customer (by default)"]}, index=["Backup"])
    with pytest.raises(srm.UnknownNameError, match="by default"):
        tables.matrix(frame)


def test_two_providers_keep_their_names(read):
    cells = srm.load_cells(read("area,task\nBackup,AWS\nBuilding,Red Hat\nOS,You\n"))
    assert cells["provider"].tolist() == ["AWS", "Red Hat", ""]


LETTERS = [
    ("area,A,B\nHardware,C,G\n", "G", "C", "'G' and 'C' are of two languages"),
    ("area,A,B\nHardware,Customer,G\n", "G", "Customer", "'G' and 'Customer'"),
    ("area,A,B\nHardware,L,Shared\n", "L", "Shared", "'L' and 'Shared'"),
    ("gebied,A,B\nServer,klant,P\n", "P", "klant", "'P' en 'klant' horen bij twee talen"),
    ("area,column,party\nServer,A,K\nServer,B,S\n", "S", "K", "'S' and 'K'"),
    ("area,A,B\nHardware,C,G*\n", "G*", "C", "'G*' and 'C'"),
    ("area,A,B\nHardware,C / P,G\n", "G", "C / P", "'G' and 'C / P'"),
    ("area,A,B\nHardware,Customer,G (by default)\n", "G (by default)", "Customer", "'G (by default)'"),
]


@pytest.mark.parametrize(("content", "letter", "other", "says"), LETTERS)
def test_letters_of_two_languages_are_a_fault(content, letter, other, says, faults, read):
    (fault,) = faults(content)
    assert fault.value == letter
    assert says in str(fault)
    meaning = {letter[0]: "provider"}
    assert "provider" in as_lists(read(content, parties=meaning))[0]


def test_letters_of_two_languages_in_a_dataframe_are_an_error():
    frame = pd.DataFrame({"IaaS": ["C", "G"], "PaaS": ["G", "G"]}, index=["Hardware", "System"])
    with pytest.raises(ValueError, match="'G' and 'C' are letters or words of two languages"):
        tables.matrix(frame)


# What a spreadsheet does on the way to CSV


@pytest.mark.parametrize(
    "name", ["mine.xlsx", "mine.ods", "mine.xls", "mine.pdf", "mine.htm", "mine.png", "mine.gz"]
)
def test_a_file_that_is_no_text_is_named_in_one_sentence(name, tmp_path):
    start = {"xlsx": b"PK\x03\x04", "ods": b"PK\x03\x04", "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}
    start |= {
        "pdf": b"%PDF-1.7",
        "htm": b"\n<!DOCTYPE html>",
        "png": b"\x89PNG\r\n\x1a\n",
        "gz": b"\x1f\x8b\x08",
    }
    file = tmp_path / name
    file.write_bytes(start[name[5:]] + bytes(range(256)) * 40)
    with pytest.raises(srm.MatrixFileError) as error:
        srm.read_matrix(file)
    (fault,) = error.value.faults
    assert "CSV UTF-8" in str(fault)
    assert str(fault).isprintable()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("coding", ["mac-roman", "cp1252", "cp850", "latin-1"])
def test_another_coding_is_told_on_its_line(end, coding, faults):
    told = faults(end.join(["area;IaaS", "Backup;klant", "Privé;klant", "Café;klant", ""]).encode(coding))
    assert [fault.line for fault in told][:1] == [3]
    assert "geen UTF-8" in str(told[0])


@pytest.mark.parametrize("label", ["Identité", "“Quotes”", "Zürich – Nord", "Á propos", "€ 5", "Ærø"])
def test_text_that_was_coded_twice_is_told(label, faults, read):
    assert [*read(f"area,IaaS\n{label},C\n").index] == [label]
    raw = label.encode()
    broken = "".join(
        raw[i : i + 1].decode("cp1252" if raw[i] not in b"\x81\x8d\x8f\x90\x9d" else "latin-1")
        for i in range(len(raw))
    )
    fault = faults(f"area,IaaS\n{broken},C\n")[0]
    assert label in str(fault)


@pytest.mark.parametrize("value", ["#NAME?", "#NAAM?", "#REF!", "#VERW!", "#N/B", "#WAARDE!", "#DIV/0!"])
def test_an_error_of_the_spreadsheet_is_no_label_and_no_party(value, faults):
    for content in (f"area,IaaS\n{value},C\n", f"area,IaaS\nBackup,{value}\n", f"area,{value}\nBackup,C\n"):
        (fault,) = faults(content)
        assert "is an error of the spreadsheet" in str(fault)


def test_a_lost_sign_is_told(faults):
    (fault,) = faults("area,IaaS\nPriv\ufffd,C\n")
    assert "has lost a sign" in str(fault)


def test_merged_cells_and_headings_between_the_rows_are_told(faults):
    told = faults("area,IaaS,PaaS,SaaS\nAlways yours,,,\nBackup,customer,,\n")
    assert [(fault.line, fault.column) for fault in told] == [(2, None), (3, "PaaS"), (3, "SaaS")]
    assert "no cell of this row" in str(told[0])
    assert "this cell is empty; write n/a" in str(told[1])


# What is wrong


def test_faults_come_from_left_to_right_every_time(tmp_path):
    file = tmp_path / "order.csv"
    file.write_text("area,On-premises,IaaS,PaaS,SaaS,<b>,#REF!\n=OS,w,x,y,z,q,r\n")
    code = "import srm_data as srm, sys\n"
    code += "try: srm.read_matrix(sys.argv[1])\nexcept srm.MatrixFileError as e: print(e)"
    told = {
        subprocess.run(
            [sys.executable, "-c", code, file], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True
        ).stdout
        for seed in "123"
    }
    assert len(told) == 1
    lines = told.pop().decode().splitlines()
    places = [line.split("column ")[1].split(":")[0] for line in lines[1:]]
    assert places == [
        "'<b>'",
        "'#REF!'",
        "'area'",
        "'On-premises'",
        "'IaaS'",
        "'PaaS'",
        "'SaaS'",
        "'<b>'",
        "'#REF!'",
    ]


def test_faults_are_told_in_the_language_of_the_file(read):
    srm.use_language("en")
    with pytest.raises(srm.MatrixFileError) as error:
        read("gebied;IaaS\nBackup;leverancie\n")
    told = str(error.value)
    srm.use_language("nl")
    with pytest.raises(srm.MatrixFileError) as english:
        read("area;IaaS;PaaS\nBackup;custommer;customer\n")
    assert told.startswith("mine.csv is nog geen matrix.")
    assert "  mine.csv, regel 2, kolom 'IaaS': 'leverancie' is geen partij." in told
    assert str(english.value).startswith("mine.csv is not a matrix yet.")
    assert str(error.value.faults[0]) in told  # and does not change with the language that is spoken now


@pytest.mark.parametrize(
    ("content", "where", "says"),
    [
        (b"", (None, None, None), "the file is empty"),
        (b" \n\n ", (None, None, None), "the file is empty"),
        (b"\xef\xbb\xbf", (None, None, None), "the file is empty"),
        (b",,\n,,\n", (None, None, None), "the file is empty"),
        (b"area,IaaS\n", (None, None, None), "no row under the headings"),
        (b"area\nBackup\n", (1, None, None), "no column beside"),
        (b"IaaS,PaaS\nC,P\n", (1, "IaaS", "IaaS"), 'must be "area" (allowed: area, gebied)'),
        (b",IaaS\nBackup,P\n", (1, None, ""), 'must be "area"'),
        (b"area,,IaaS\nBackup,C,P\n", (1, None, None), "heading 2 is empty"),
        (b"area,IaaS,iaas\nBackup,C,C\n", (1, "iaas", "iaas"), "this heading is there twice"),
        (b"area,column\nBackup,IaaS\n", (1, "party", None), "this column is missing"),
        (b"column,party\nIaaS,C\n", (1, "area", None), "this column is missing"),
        (
            b"area,column,party,remarks\nBackup,IaaS,C,hm\n",
            (1, "remarks", "remarks"),
            "'remarks' is not a heading of this form",
        ),
        (
            b"area,IaaS\nBackup,custommer\n",
            (2, "IaaS", "custommer"),
            "is not a party. Did you mean 'customer'? (allowed: customer, shared, provider, n/a, C, S, P)",
        ),
        (b"area,IaaS\nBackup,leverancie\n", (2, "IaaS", "leverancie"), "Did you mean 'leverancier'?"),
        (b"area,IaaS\nBackup,C\n\nbackup,S\n", (4, "area", "backup"), "is there twice, first on line 2"),
        (
            b"area,column,party\nBackup,IaaS,C\nbackup,iaas,S\n",
            (3, None, "Backup × IaaS"),
            "is there twice, first on line 2",
        ),
        (b"area,column,party\nA,X,C\nA,Y,C\nB,X,C\n", (None, None, None), "the cell 'B' × 'Y' is missing"),
        (b"area,IaaS,PaaS\nBackup,C\n", (2, None, None), "2 fields where the headings have 3"),
        (b"area,IaaS\nBackup,C,P\n", (2, None, None), "3 fields where the headings have 2"),
        (b"area,IaaS\n,C\n", (2, "area", ""), "this field is empty"),
        (b"area,IaaS\n=1+1,C\n", (2, "area", "=1+1"), "begins like a spreadsheet formula"),
        (b"area,IaaS\n@SUM(A1),C\n", (2, "area", "@SUM(A1)"), "begins like a spreadsheet formula"),
        (
            b"area,=HYPERLINK()\nBackup,C\n",
            (1, "=HYPERLINK()", "=HYPERLINK()"),
            "begins like a spreadsheet formula",
        ),
        (
            b"area,IaaS\n<script>alert(1)</script>,C\n",
            (2, "area", "<script>alert(1)</script>"),
            "holds markup; write plain text",
        ),
        (
            b'area,"<img src=x onerror=a>"\nBackup,C\n',
            (1, "<img src=x onerror=a>", "<img src=x onerror=a>"),
            "markup",
        ),
        (b"area,IaaS\nBack\0up,C\n", (2, "area", "Back\0up"), "holds a sign that nobody can see"),
        (b"area,IaaS\n" + b"x" * 81 + b",C\n", (2, "area", "x" * 81), "is longer than 80 characters"),
        (b'area,IaaS\n"Backup,C\n', (2, None, None), "opens here and never closes"),
        (b'area,IaaS\n"Back"up,C\n', (2, None, None), "cannot be read as CSV"),
        (
            "area,IaaS\nBackup,C\nPrivé,C\n".encode("latin-1"),
            (3, None, "Privé,C"),
            "'Privé,C' is not UTF-8 text; in the spreadsheet choose \"CSV UTF-8\"",
        ),
        (
            b"area,column,party,disputed\nBackup,IaaS,C,perhaps\n",
            (2, "disputed", "perhaps"),
            "'perhaps' is not allowed (allowed: true, false)",
        ),
        (
            b"area,column,party,confidence\nBackup,IaaS,C,sure\n",
            (2, "confidence", "sure"),
            "(allowed: high, medium-high, medium, medium-low, low)",
        ),
        (
            b"area,column,party,source_url\nBackup,IaaS,C,javascript:alert(1)\n",
            (2, "source_url", "javascript:alert(1)"),
            "is not an address that begins with https://",
        ),
        (b"area,IaaS\n" + b"".join(b"a%d,C\n" % i for i in range(101)), (None, None, None), "101 areas"),
        (
            b"area" + b"".join(b",m%d" % i for i in range(21)) + b"\nA" + b",C" * 21,
            (1, None, None),
            "21 columns",
        ),
        (b"area,IaaS\n" + b"x" * 200_000 + b",C\n", (2, None, None), "cannot be read as CSV"),
        (
            b"area,IaaS\n" + b"Backup,C\n" * 300_000,
            (None, None, None),
            "the file is 2.7 MB; a matrix stays under 2 MB",
        ),
    ],
)
def test_one_fault_is_told_with_its_place(content, where, says, faults):
    (fault,) = faults(content)
    assert (fault.line, fault.column, fault.value) == where
    assert says in str(fault)


def test_all_faults_of_a_file_are_told_at_once_in_order(faults):
    told = faults(
        "arae,IaaS,,PaaS,IaaS\n"
        "Backup,custmer,P,C,C\n"
        "backup,S\n"
        "=SUM(A1),C,C,C,C\n"
        "<b>x</b>,C,Q,C,C\n"
        '"x"y,C,C,C,C\n'
        ",C,C,C,C\n"
    )
    assert [fault.line for fault in told] == [1, 1, 1, 2, 3, 3, 4, 5, 5, 6, 7]
    everything = "\n".join(map(str, told))
    for words_in_it in (
        "first heading is 'arae'",
        "heading 3 is empty",
        "column 'IaaS': this heading is there twice",
        "Did you mean 'customer'?",
        "2 fields where the headings have 5",
        "'backup' is there twice",
        "'=SUM(A1)' begins like",
        "'<b>x</b>' holds markup",
        "'Q' is not a party",
        "this field is empty",
    ):
        assert words_in_it in everything


def test_latin_1_does_not_hide_the_other_faults(faults):
    told = faults("area,IaaS\nPrivé,Q\n".encode("latin-1"))
    assert ["UTF-8" in str(told[0]), "'Q' is not a party" in str(told[1])] == [True, True]


def test_the_message_names_the_file_and_counts(read):
    with pytest.raises(srm.MatrixFileError) as error:
        read("area,IaaS\nBackup,Q\nBuilding,R\n")
    head, first, second = str(error.value).split("\n")
    assert head == "mine.csv is not a matrix yet. 2 things to mend:"
    assert first.startswith("  mine.csv, line 2, column 'IaaS': 'Q' is not a party")
    assert second.startswith("  mine.csv, line 3, column 'IaaS': 'R' is not a party")


def test_a_long_list_is_cut_in_the_message_but_not_in_the_error(read):
    with pytest.raises(srm.MatrixFileError) as error:
        read("area,IaaS\n" + "".join(f"a{i},Q\n" for i in range(90)))
    assert len(error.value.faults) == 90
    assert str(error.value).endswith("\n  ... and 50 more")


def test_dutch_when_dutch_is_in_use(read):
    srm.use_language("nl")
    with pytest.raises(srm.MatrixFileError) as error:
        read("area,IaaS\nBackup,leverancie\n=1,C\n")
    assert str(error.value).split("\n") == [
        "mine.csv is nog geen matrix. 2 dingen om te herstellen:",
        "  mine.csv, regel 2, kolom 'IaaS': 'leverancie' is geen partij. Bedoelde je 'leverancier'?"
        " (toegestaan: klant, gedeeld, leverancier, n/a, K, G, L)",
        "  mine.csv, regel 3, kolom 'area': '=1' begint als een formule in een rekenblad",
    ]


@pytest.mark.parametrize(("name", "says"), [("none.csv", "there is no such file"), (".", "this is a folder")])
def test_what_is_no_file_is_said_to_be_none(name, says, tmp_path):
    with pytest.raises(srm.MatrixFileError, match=says):
        srm.read_matrix(tmp_path / name)


def test_an_unknown_language_is_told_before_the_file_is_read():
    with pytest.raises(srm.UnknownNameError, match="language"):
        srm.read_matrix("none.csv", lang="de")


def test_a_file_of_faults_only_takes_no_time(faults):
    # A wrong delimiter or a sheet of numbers: many thousand wrong cells, each with its own guess.
    rows = "".join(f"a{i}" + "".join(f",cust{i * j}" for j in range(20)) + "\n" for i in range(1900))
    told = faults("area" + "".join(f",m{j}" for j in range(20)) + "\n" + rows)
    assert len(told) == 100 * 20 + 1  # the first hundred areas are looked at, and that there are more


# Whatever the file


@pytest.fixture(scope="module")
def anywhere(tmp_path_factory):
    return tmp_path_factory.mktemp("any") / "any.csv"


SIGNS = st.sampled_from([*'area,IaaS;\t"\n\r CSP=<>\0\ufeff\u2028é', "column", "party", "shared", "gebied\n"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(),
        st.text().map(lambda t: t.encode("utf-8", "surrogatepass")),
        st.lists(SIGNS).map(lambda signs: "".join(signs).encode()),
    )
)
def test_no_file_raises_anything_else(content, anywhere):
    for start in (b"", b"area,IaaS\n", b"area,column,party\nBackup,IaaS,C\n"):
        anywhere.write_bytes(start + content)
        try:
            frame = srm.read_matrix(anywhere)
        except srm.MatrixFileError:
            continue
        assert min(frame.shape) > 0
        assert tables.matrix(frame).body


HEADINGS = ("area", "column", "party", "gebied", "kolom", "partij")
SEEN_SIGNS = st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\u0345<")
LABELS = st.text(SEEN_SIGNS, min_size=1, max_size=12).filter(
    lambda label: label[0] not in "=+-@" and label.casefold() not in HEADINGS and not sign_fault(label)
)


def own_labels(max_size):
    def key(label):
        return unicodedata.normalize("NFC", label).casefold()

    return st.lists(LABELS, min_size=1, max_size=max_size, unique_by=key)


@st.composite
def own_matrices(draw):
    areas, columns = draw(own_labels(6)), draw(own_labels(4))
    party = st.sampled_from([*PARTIES, "n/a"])
    return areas, columns, [[draw(party) for _ in columns] for _ in areas]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(own=own_matrices(), delimiter=st.sampled_from(",;\t"), coding=st.sampled_from(["utf-8-sig", "utf-16"]))
def test_every_right_table_comes_back_as_it_was(own, delimiter, coding, anywhere):
    areas, columns, parties = own
    with anywhere.open("w", encoding=coding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
        writer.writerow(["area", *columns])
        writer.writerows([area, *row] for area, row in zip(areas, parties, strict=True))
    frame = srm.read_matrix(anywhere)
    assert [*frame.index] == [unicodedata.normalize("NFC", area) for area in areas]
    assert [*frame.columns] == [unicodedata.normalize("NFC", column) for column in columns]
    assert as_lists(frame) == [[None if party == "n/a" else party for party in row] for row in parties]

    srm.load_cells(frame).to_csv(anywhere, index=False, na_rep="n/a")
    assert srm.read_matrix(anywhere).equals(frame)


# What comes after takes it


def test_everything_takes_an_own_matrix(read):
    frame = read(TIDY)
    assert srm.compare(frame, "IaaS", "PaaS")["change"].tolist() == ["now shared"]
    assert (
        sentences.model(frame, "PaaS") == "With PaaS the customer shares 1 of the 1 areas with the provider."
    )
    assert sentences.matrix(frame) == "mine.csv, 2026. IaaS: 1 customer; PaaS: 1 shared."
    for view in (tables.matrix(frame), tables.split(frame), tables.what_if(frame, "IaaS", "PaaS")):
        assert "Our school" in view.body
    assert "chooses what is kept" in tables.model(frame, "PaaS").body
    for picture in (
        figures.matrix(frame),
        figures.model(frame, "IaaS"),
        figures.split(frame),
        figures.what_if(frame, "IaaS", "PaaS"),
    ):
        assert "Source: Our school, 2026" in picture.svg()
    for view in (srm.explore(frame), srm.what_if(frame)):
        assert len(view.content["matrices"]) == 1
    assert srm.compare_matrices(frame, frame)["change"].tolist() == ["same", "same"]


def test_a_plain_table_has_no_source_to_name(read):
    frame = read(WIDE)
    assert sentences.foot(as_matrix(frame)) == "Own matrix: mine.csv"
    assert sentences.matrix(frame).startswith("mine.csv. On-premises: 2 customer; IaaS: ")
    assert "None" not in tables.model(frame, "PaaS").body


def test_an_own_matrix_meets_a_shipped_one_by_label(read):
    frame = read("area,PaaS\nApplications,C\nCanteen,P\n")
    changes = srm.compare_matrices(frame, "azure-2026").set_index("area_before")["change"]
    assert (changes["Applications"], changes["Canteen"]) == ("changed", "went")


def test_the_largest_matrix_still_gives_every_view(read):
    labels = [f"Area number {i} " + string.ascii_letters[:40] for i in range(100)]
    columns = [f"Model {j}" for j in range(20)]
    frame = read("area," + ",".join(columns) + "\n" + "".join(f"{label}{',S' * 20}\n" for label in labels))
    assert tables.matrix(frame).body.count("<td") == 2000
    assert "Area number 99" in tables.what_if(frame, "Model 1", "Model 2").body
    for picture in (figures.split(frame), figures.what_if(frame, "Model 1", "Model 2")):
        assert picture.svg().endswith("</svg>\n")
    part = frame.iloc[:, :4]  # a picture of all 2,000 cells takes seconds, and nobody reads it
    assert "Always shared\u00a0·\u00a0100" in figures.matrix(part).svg()
