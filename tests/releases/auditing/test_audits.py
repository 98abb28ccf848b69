"""A random sample for people to judge: how it is drawn, what its form holds, what the filled form says."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import pairwise

import pytest

from pledgebook.command_line.audit import audit
from pledgebook.releases.auditing.audit_sample import ANSWERS, FORM, allocate
from pledgebook.releases.auditing.audits import audit_section, kappa, read_audits
from pledgebook.releases.errors import ReleaseError
from pledgebook.sources.errors import WrongUse

RIGHT = {"is_commitment": "yes", "quote_right": "yes", "codes_right": "yes", "coder": "A. Reader"}
NO_COMMITMENT = {"is_commitment": "no", "quote_right": "", "codes_right": ""}


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def written(path, rows, delimiter=",", encoding="utf-8-sig"):
    with path.open("w", encoding=encoding, newline="") as file:
        form = csv.DictWriter(file, FORM, delimiter=delimiter)
        form.writeheader()
        form.writerows(rows)
    return path


def promises(count, first=0):
    return " ".join(f"The United States will send {number} trucks." for number in range(first, first + count))


@pytest.fixture
def book(publish, document, run):
    """Nine promises of a readout and one of a fact sheet."""
    publish(run(document("a", promises(9)), document("b", "She will open a school.", document_type="fact_sheet")))
    return publish.place


@pytest.fixture
def drawn(tmp_path):
    """Rows of the form that the command writes for a book."""

    def form(place, n, **options):
        path = tmp_path / f"form-{len(list(tmp_path.glob('form-*')))}.csv"
        audit(n=n, to=path, releases=place, **options)
        return rows_of(path)

    return form


@pytest.fixture
def filled(tmp_path):
    """The folder of filled forms, one file for each list of rows."""
    folder = tmp_path / "audits"
    folder.mkdir()

    def fill(*forms, **options):
        for number, rows in enumerate(forms):
            written(folder / f"{number}.csv", rows, **options)
        return folder

    return fill


def answered(rows, *wrong, coder="A. Reader", **answers):
    """The rows with every answer yes, but for the numbers in `wrong`, which get `answers`."""
    return [
        row | RIGHT | ((answers or NO_COMMITMENT) if number in wrong else {}) | {"coder": coder}
        for number, row in enumerate(rows)
    ]


def test_the_same_version_and_number_give_the_same_form(book, tmp_path):
    for name in ("one.csv", "two.csv"):
        audit(n=5, to=tmp_path / name, releases=book)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_a_larger_sample_holds_the_smaller_one(book, drawn):
    ids = [{row["commitment_id"] for row in drawn(book, n)} for n in (1, 2, 4, 7, 10)]
    assert [len(found) for found in ids] == [1, 2, 4, 7, 10]
    assert all(fewer < more for fewer, more in pairwise(ids[1:]))


def test_every_stratum_has_a_row_and_the_others_follow_its_size(book, drawn):
    rows = drawn(book, 4)
    assert Counter((row["stratum_size"], row["sample_size"]) for row in rows) == {("9", "4"): 3, ("1", "4"): 1}
    # One each; of the 6 others 6 * 97/107 = 5.44, 6 * 9/107 = 0.50 and 6 * 1/107 = 0.06: the largest remainder is the second.
    assert allocate({"a": 98, "b": 10, "c": 2}, 9) == {"a": 6, "b": 2, "c": 1}
    assert allocate({"a": 3, "b": 1}, 4) == {"a": 3, "b": 1}


def test_doubtful_rows_are_a_stratum_of_their_own(publish, document, run, drawn):
    publish(run(document("a", promises(6))))
    publish(run(document("b", promises(2, first=6)), confidence=0.6))
    assert Counter(row["stratum_size"] for row in drawn(publish.place, 4)) == {"6": 3, "2": 1}


def test_fewer_rows_than_strata_are_drawn_from_the_whole_book(book, drawn):
    (row,) = drawn(book, 1)
    assert (row["stratum"], row["stratum_size"]) == ("1", "10")


def test_no_more_rows_are_drawn_than_there_are(book, drawn):
    assert len(drawn(book, 50)) == 10


def test_summaries_are_drawn_only_when_there_is_nothing_else(publish, document, run, drawn):
    summary = document("s", promises(3), text_origin="summary")
    publish(run(summary))
    assert len(drawn(publish.place, 50)) == 3
    publish(run(summary, document("a", "It will open a school.")))
    assert [row["quote"] for row in drawn(publish.place, 50)] == ["will open a school"]


def test_every_quote_stands_between_what_is_before_and_after_it(publish, document, run, drawn):
    text = f"They met.\n\n{promises(20)}\n\n“Café,” he said."
    publish(run(document("a", text)))
    rows = drawn(publish.place, 50)
    assert len(rows) == 20
    for row in rows:
        assert row["before"] + row["quote"] + row["after"] in text and row["quote"] in row["sentence"]
    assert max(len(row["before"]) for row in rows) == max(len(row["after"]) for row in rows) == 300


def test_a_text_that_may_not_be_published_is_not_in_the_form(publish, document, run, drawn):
    publish(run(document("a", promises(3), licence="unknown")))
    for row in drawn(publish.place, 3):
        assert (row["before"], row["after"], row["url"]) == ("", "", "https://example.org/a")


def test_codes_stand_in_readable_cells(publish, document, run, drawn):
    publish(run(document("a", "It will give $5 million to Ukraine.")))
    (row,) = drawn(publish.place, 1)
    assert (row["version"], row["recipients"], row["routine"], row["topic"]) == (
        "v1.0.0",
        "UKR",
        "no",
        "19 International Affairs",
    )
    assert row["amount"] == "5,000,000 USD, exact, grant_or_aid, total: $5 million"
    assert [row[column] for column in (*ANSWERS, "wrong_columns", "note", "coder")] == [""] * 6


def test_a_spreadsheet_computes_no_cell_and_loses_no_word(publish, document, run, drawn):
    text = '=HYPERLINK("x")\n\n- "Norland, too," will\tsend 5 trucks. It will go.'
    publish(run(document("a", text, title="@SUM(1,2) and more")))
    rows = drawn(publish.place, 2)
    assert all(row["title"] == "'@SUM(1,2) and more" and row["before"].startswith("'=") for row in rows)
    assert all(row["before"][1:] + row["quote"] + row["after"] == text for row in rows)
    assert not any(cell.lstrip().startswith(tuple("=+-@")) for row in rows for cell in row.values())


def test_a_form_is_never_overwritten(book, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    audit(n=4, releases=book)
    assert capsys.readouterr().out.startswith(
        "audit-1.0.0.csv holds 4 of the 10 commitments of version 1.0.0, from 2 strata."
    )
    with pytest.raises(WrongUse, match=r"audit-1.0.0.csv exists .* --to"):
        audit(n=4, releases=book)
    with pytest.raises(WrongUse, match="nowhere is no folder"):
        audit(n=4, to=tmp_path / "nowhere" / "form.csv", releases=book)


def test_rows_of_one_weight_give_the_plain_share_and_wilsons_interval(publish, document, run, drawn, filled):
    publish(run(document("a", promises(10))))
    (found,) = read_audits(filled(answered(drawn(publish.place, 10), 3, 7)))
    # 8 of 10, as in every table of Wilson's interval.
    assert found.shares["is_commitment"] == pytest.approx((0.8, 0.4902, 0.9433), abs=5e-5)
    assert (found.version, found.rows, found.coders) == ("1.0.0", 10, ("A. Reader",))


def test_rows_weigh_as_many_as_they_stand_for(book, drawn, filled):
    rows = drawn(book, 3)
    small = [row["stratum_size"] for row in rows].index("1")
    (found,) = read_audits(filled(answered(rows, small)))
    # Two rows stand for 4.5 each and are right, one for itself and is not: 9 of 10 on 10² / (2 * 4.5² + 1²) = 2.41 rows.
    assert found.shares["is_commitment"] == pytest.approx((0.9, 0.3140, 0.9944), abs=5e-5)


def test_what_is_no_commitment_has_no_right_quote_or_codes(publish, document, run, drawn, filled):
    publish(run(document("a", promises(4))))
    rows = answered(drawn(publish.place, 4), 0)
    rows[1] |= {"quote_right": "No"}
    rows[2] |= {"codes_right": "no", "wrong_columns": "topic, act"}
    (found,) = read_audits(filled(rows))
    assert [found.shares[question].right for question in ANSWERS] == [0.75, 0.5, 0.5]
    assert found.wrong == {"topic": 1, "act": 1}


def test_a_form_saved_by_a_spreadsheet_with_semicolons_is_read(book, drawn, filled):
    rows = answered(drawn(book, 4))
    folder = filled(rows, delimiter=";", encoding="utf-8")
    with (folder / "0.csv").open("a") as file:
        file.write(";" * (len(FORM) - 1) + "\r\n")
    assert read_audits(folder)[0].rows == 4


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (dict.fromkeys(RIGHT, ""), "is_commitment is empty; answer yes or no"),
        ({"quote_right": ""}, "quote_right is empty; answer yes or no"),
        ({"codes_right": "maybe"}, "codes_right is 'maybe'; answer yes or no"),
        ({"is_commitment": "no"}, "no commitment has no right quote or codes"),
        ({"codes_right": "no"}, "name in wrong_columns what is wrong"),
        ({"wrong_columns": "topic"}, "name in wrong_columns what is wrong"),
        ({"codes_right": "no", "wrong_columns": "colour"}, "'colour' in wrong_columns is none of: cue actors"),
        ({"coder": ""}, "say in coder who judged"),
        ({"version": "v2.0.0"}, "of another draw than the first"),
        ({"stratum_size": "ten"}, "whole numbers"),
    ],
)
def test_a_row_that_is_not_whole_is_named_by_file_and_line(publish, document, run, drawn, filled, change, message):
    publish(run(document("a", f"{promises(1)}\n\n{promises(3, first=1)}")))
    rows = answered(drawn(publish.place, 4))
    rows[1] |= change
    # The texts of the first row hold an empty line, so that it fills lines 2 to 4.
    with pytest.raises(ReleaseError, match=rf"^0.csv, line 5: .*{message}"):
        read_audits(filled(rows))


def test_a_form_that_is_not_whole_is_named(book, drawn, filled, tmp_path):
    rows = answered(drawn(book, 4))
    with pytest.raises(ReleaseError, match=r"^0.csv, line 3: c-\w+ stands at 0.csv, line 2 too"):
        read_audits(filled([rows[0], *rows[:3]]))
    with pytest.raises(ReleaseError, match=r"^0.csv: 4 rows were drawn, 3 stand here"):
        read_audits(filled(rows[1:]))
    with pytest.raises(ReleaseError, match=r"^0.csv: no row is filled in"):
        read_audits(filled(drawn(book, 4)))
    with pytest.raises(ReleaseError, match=r"^0.csv: there is no row"):
        read_audits(filled([]))
    with pytest.raises(ReleaseError, match=r"^0.csv: a stratum_size is below"):
        read_audits(filled([row | {"stratum_size": "1"} for row in rows]))
    with pytest.raises(ReleaseError, match=r"^0.csv, line 2: not UTF-8"):
        read_audits(filled([rows[0] | {"note": "é"}, *rows[1:]], encoding="latin-1"))
    with (filled(rows) / "0.csv").open("a") as file:
        file.write(f'"{"x" * 200_000}"')
    with pytest.raises(ReleaseError, match=r"^0.csv, line 6: no CSV"):
        read_audits(tmp_path / "audits")
    with (filled(rows) / "0.csv").open("a") as file:
        file.write("v1.0.0,c-1\r\n")
    with pytest.raises(ReleaseError, match=r"^0.csv, line 6: 2 cells instead of 31"):
        read_audits(tmp_path / "audits")
    (filled(rows) / "0.csv").write_text("version,verdict\r\n")
    with pytest.raises(ReleaseError, match=r"^0.csv, line 1: the first line must read version,commitment_id,"):
        read_audits(tmp_path / "audits")


def test_the_data_card_says_when_nobody_has_checked(tmp_path):
    assert read_audits(tmp_path / "nowhere") == []
    assert audit_section([]) == ""


def test_the_data_card_has_a_line_for_each_form(publish, document, run, drawn, filled):
    publish(run(document("a", promises(10))))
    wrong = {"is_commitment": "yes", "quote_right": "yes", "codes_right": "no", "wrong_columns": "act"}
    section = audit_section(read_audits(filled(answered(drawn(publish.place, 10), 3, 7, coder="A|B", **wrong))))
    assert "| 1.0.0 | 10 | A\\|B | 100 % (72 to 100) | 100 % (72 to 100) | 80 % (49 to 94) | act 2 |" in section
    assert "agree" not in section


def test_a_demonstration_is_called_one(publish, document, run, drawn, filled):
    publish(run(document("s", promises(2), text_origin="summary")))
    assert "| 0.1.0 (demonstration) | 2 |" in audit_section(read_audits(filled(answered(drawn(publish.place, 2)))))


def test_two_people_on_one_sample_are_compared(publish, document, run, drawn, filled):
    publish(run(document("a", promises(10))))
    rows = drawn(publish.place, 10)
    folder = filled(answered(rows, 0, 1, coder="Anna"), answered(rows, 1, coder="Ben"))
    section = audit_section(read_audits(folder))
    # 0.9 are alike, 0.8 * 0.9 + 0.2 * 0.1 = 0.74 would be by chance, so kappa is 0.16 / 0.26.
    assert "- Anna and Ben on the same 10 rows of 1.0.0 agree: a commitment 90 % (kappa 0.62);" in section
    assert kappa([(True, True)] * 10) is None


def test_a_book_without_commitments_gives_no_form(publish, document, run, tmp_path):
    publish(run(document("a", "The two sides met in Oslo.")))
    with pytest.raises(WrongUse, match=r"Version 1.0.0 holds no commitment to judge"):
        audit(to=tmp_path / "form.csv", releases=publish.place)
    assert list(tmp_path.glob("*.csv")) == []
