"""One row: its proof, its citation, and what became of it; and who promises whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from publishing import Publisher, Run, readout

import pledgebook as pb
from pledgebook.reading.found_rows import UnknownCommitment
from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.withdraw import withdraw_version

Id = Callable[[str], str]


def test_a_version_and_a_row_are_cited(book: Path, id_of: Id) -> None:
    whole = (
        "The Pledgebook developers (2026). Pledgebook: what governments promised each other. Version 1.1.0 [data set]."
    )
    assert pb.cite(releases=book) == whole
    row = id_of("will pay")
    assert pb.cite(row, releases=book) == (
        "USA, white-house: “Meeting a”, 2021-06-08, https://example.org/a: “will pay $5 million to Ukraine for the "
        f"<b>harbour</b>”. Commitment {row} in: {whole}"
    )


def test_quote_and_cue_are_marked_where_they_stand(book: Path, id_of: Id) -> None:
    told = str(pb.explain(id_of("will pay"), releases=book))
    assert told.startswith(
        "The US [*will* pay $5 million to Ukraine for the <b>harbour</b>]. It will send two men.\n\n"
    )
    for line in ("recipient: Ukraine", "source: https://example.org/a", "captured: 2026-11-09", "5,000,000 USD"):
        assert line in told


@pytest.mark.parametrize(
    ("given", "shown"), [({"amount": "7.5"}, "7.50 USD ("), ({"amount_per": "year"}, "5,000,000 USD per year (")]
)
def test_money_is_told_to_the_cent_and_with_its_period(tmp_path: Path, given: dict[str, str], shown: str) -> None:
    publish = Publisher(tmp_path)
    publish(Run(readout("x", "It will pay $5 million."), **given))
    assert shown in str(pb.explain(publish.ids()["will pay $5 million"], releases=publish.place))


def test_in_a_notebook_what_comes_from_the_text_is_escaped(book: Path, id_of: Id) -> None:
    page = pb.explain(id_of("will pay"), releases=book)._repr_html_()
    assert "<mark><u>will</u> pay $5 million to Ukraine for the &lt;b&gt;harbour&lt;/b&gt;</mark>" in page
    assert '<a href="https://example.org/a" rel="noopener">' in page


def test_an_address_that_is_none_of_the_web_leads_nowhere(tmp_path: Path) -> None:
    publish = Publisher(tmp_path)
    publish(Run(readout("x", "It will open.", url="javascript:alert(1)", title="<script>alert(2)</script>")))
    page = pb.explain(publish.ids()["will open"], releases=publish.place)._repr_html_()
    assert "href" not in page and "<script>" not in page and "javascript:alert(1)" in page


def test_of_a_text_that_may_not_be_republished_the_sentence_is_shown(book: Path, id_of: Id) -> None:
    told = str(pb.explain(id_of("will open"), releases=book))
    assert told.startswith("It [*will* open an office].\n(The licence of the text forbids its republication")


def test_a_long_paragraph_is_cut_at_words(tmp_path: Path) -> None:
    publish = Publisher(tmp_path)
    words = "word " * 200
    publish(Run(readout("x", f"Before. {words}and he will open. {words}behind.\n\nAnother.")))
    shown = str(pb.explain(publish.ids()["will open"], releases=publish.place)).split("\n")[0]
    assert shown.startswith("…word ") and shown.endswith(" word…") and "and he [*will* open]. word" in shown
    assert 500 < len(shown) < 700


def test_what_became_of_a_row_is_told(own_book: Path, id_of: Id) -> None:
    row, other = id_of("will build"), id_of("will open")
    publish = Publisher(own_book.parent)
    publish.correct(f"{row},,,,it was a joke,2026-11-20")
    publish(Run())
    assert pb.cite(row, "1.1.0", releases=own_book).startswith("USA")
    with pytest.raises(UnknownCommitment, match=rf"{row} left the book after version 1\.1\.0 \(correction\)\."):
        pb.explain(row, releases=own_book)
    with pytest.raises(UnknownCommitment, match=r"has no commitment c-none"):
        pb.cite("c-none", releases=own_book)
    assert other in pb.cite(other, releases=own_book)


def test_changes_of_all_versions_between_two_are_told(own_book: Path) -> None:
    publish = Publisher(own_book.parent)
    publish(Run(readout("n", "It will close the office.")))
    every = pb.changes("1.0.0", "1.2.0", releases=own_book)
    assert every["version"].unique().sort().to_list() == ["1.1.0", "1.2.0"]
    assert every.filter(version="1.2.0").drop("version").equals(pb.load("changes", "1.2.0", releases=own_book))
    assert pb.changes("1.1.0", "1.1.0", releases=own_book).is_empty()
    withdraw_version(own_book, "1.1.0", "the wrong source was read")
    with pytest.raises(ReleaseError, match=r"since 1\.1\.0 was withdrawn; compare the two with `pledgebook diff"):
        pb.changes("1.0.0", "1.2.0", releases=own_book)
    with pytest.raises(ValueError, match=r"1\.0\.0 came before 1\.1\.0"):
        pb.changes("1.1.0", "1.0.0", releases=own_book)


def test_pairs_are_counted_by_role_and_year_sanctions_and_routine_apart(tmp_path: Path) -> None:
    publish = Publisher(tmp_path)
    documents = [
        Run(readout("a", "It will pay Ukraine. It will call Ukraine."), routine=False),
        Run(readout("b", "It will meet Ukraine."), routine=True),
        Run(readout("c", "They will stop trade."), actors=["USA", "JPN"], targets=["RUS"], act="restrict"),
    ]
    together = documents[0]
    for other in documents[1:]:
        together.readouts.extend(other.readouts)
        together.found.extend(other.found)
    publish(together)
    rows = pb.dyads(releases=publish.place).select("actor", "partner", "role", "commitments", "routine", "sanctions")
    assert sorted(rows.rows()) == [
        ("JPN", "RUS", "target", 0, 0, 1),
        ("JPN", "USA", "partner", 0, 0, 1),
        ("USA", "JPN", "partner", 0, 0, 1),
        ("USA", "RUS", "target", 0, 0, 1),
        ("USA", "UKR", "recipient", 2, 1, 0),
    ]


def test_groups_are_taken_for_their_members_of_the_day(tmp_path: Path) -> None:
    publish = Publisher(tmp_path)
    early = readout("a", "It will pay Ukraine.")
    late = readout("b", "It will pay Ukraine again.", date=date(2024, 2, 1))
    publish(Run(early, late, actors=["AES"], recipients=["UKR"]))
    one, many = (pb.dyads(groups=groups, releases=publish.place) for groups in (False, True))
    assert one.select("actor", "year").rows() == [("AES", 2021), ("AES", 2024)]
    # The alliance was founded in 2023: before, nobody can be named in its place.
    assert many.select("actor", "year").rows() == [("AES", 2021), ("BFA", 2024), ("MLI", 2024), ("NER", 2024)]
