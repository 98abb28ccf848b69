"""Identifiers stay with their commitments, whatever moves around them, and are never used twice."""

from __future__ import annotations

import re

import pytest

ENGINEERS = "The United States will send engineers to the dam."
SCHOOLS = "The United States will provide $5 million for schools and will train forty pilots."
TEXT = f"{SCHOOLS} {ENGINEERS}"


@pytest.fixture
def published(publish, document, run):
    publish(run(document("a", TEXT)))
    return publish


def test_other_quote_boundaries_keep_the_identifiers(published, document, run):
    ids = published.ids()
    without_auxiliary = re.compile(r"\b(?<=will )[^.]+?(?= and |\.|$)")
    published(run(document("a", TEXT), pattern=without_auxiliary, extractor="finder 2"))
    assert published.ids()["send engineers to the dam"] == ids["will send engineers to the dam"]
    whole = ids["will provide $5 million for schools and will train forty pilots"]
    assert published.ids()["provide $5 million for schools"] == whole
    assert published.ids()["train forty pilots"] not in ids.values()


def test_a_new_row_found_before_an_old_one_moves_nothing(publish, document, run):
    engineers_only = re.compile(r"\bwill send [^.]+")
    publish(run(document("a", TEXT), pattern=engineers_only))
    before = publish.ids()
    publish(run(document("a", TEXT), extractor="finder 2"))
    assert publish.ids().items() > before.items()


def test_a_typo_mended_at_the_source_keeps_the_identifier(publish, document, run):
    publish(run(document("a", TEXT.replace("engineers", "enginers"))))
    before = publish.ids()["will send enginers to the dam"]
    publish(run(document("a", TEXT)))
    assert publish.ids()["will send engineers to the dam"] == before


def test_other_sentence_splitting_keeps_the_identifiers(published, document, run):
    before = published.ids()
    split = run(document("a", TEXT), extractor="finder 2", sentence=TEXT, sentence_start=0)
    published(split)
    assert published.ids() == before


def test_a_repeated_sentence_has_identifiers_of_its_own(published, document, run):
    before = set(published.ids().values())
    published(run(document("a", f"{ENGINEERS} {TEXT}")))
    after = published.table("commitments")["commitment_id"].to_list()
    assert len(set(after)) == 3
    assert before < set(after)


def test_the_order_of_rows_does_not_matter(published, document, run, tmp_path):
    before = published.ids()
    backwards = run(document("a", TEXT))
    backwards.found = backwards.found.reverse()
    assert published(backwards).version is None
    assert published.ids() == before


def test_an_identifier_that_left_is_never_given_again(published, document, run):
    gone = published.ids()["will send engineers to the dam"]
    schools_only = re.compile(r"\bwill provide [^.]+")
    published(run(document("a", TEXT), pattern=schools_only, extractor="finder 2"))
    published(run(document("a", TEXT), extractor="finder 3"))
    again = published.ids()["will send engineers to the dam"]
    assert again != gone
    assert gone in published.table("withdrawn_rows")["row_id"].to_list()


def test_another_promise_in_a_like_sentence_is_another_row(publish, document, run):
    publish(run(document("a", "Norland said it will provide $5 million for the schools of the coast.")))
    publish(run(document("a", "Norland said it will train the police of Estavia, as was agreed last year.")))
    assert publish.table("withdrawn_rows").height == 1
    assert publish.table("changes").filter(table="commitments")["change"].sort().to_list() == ["added", "removed"]


def test_a_statement_with_thousands_of_commitments_keeps_their_identifiers_when_a_word_is_mended(
    publish, document, run
):
    sentences = [f"The United States will send {number} engineers to dam {number}." for number in range(3000)]
    publish(run(document("a", " ".join(sentences))))
    before = publish.ids()
    sentences[1500] = sentences[1500].replace("engineers", "good engineers")
    publish(run(document("a", " ".join(sentences))))
    after = publish.ids()
    assert len(set(after.values())) == 3000 and set(after.values()) == set(before.values())
    assert after["will send 1500 good engineers to dam 1500"] == before["will send 1500 engineers to dam 1500"]
