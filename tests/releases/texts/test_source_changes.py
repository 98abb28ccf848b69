"""What the changelog tells of statements edited, gone and back at their sources."""

from __future__ import annotations

from datetime import UTC, datetime

OPENING = "The two sides met in Oslo."
PROMISES = "He will send 5 trucks to Ukraine. She will open a school."
LATER = datetime(2026, 11, 5, tzinfo=UTC)
EDITED = [("a", "edited", LATER)]


def edit(publish, run, document, before: str, now: str, **columns) -> str:
    """Publishes a text and then its edited version; returns the changelog of the second."""
    publish(run(document("a", before)))
    publish(run(document("a", now, **columns), happened=EDITED))
    return publish.changelog()


def test_an_edit_is_told_with_both_wordings_and_its_commitments(publish, run, document):
    told = edit(
        publish, run, document, f"{OPENING} {PROMISES}", f"{OPENING} {PROMISES.replace('5 trucks', '4 trucks')}"
    )
    assert "### Edited at the source" in told
    assert "“Meeting a” (USA, 2021-06-08, <https://example.org/a>), new copy of 2026-11-05:" in told
    assert "was: “He will send 5 trucks to Ukraine.” / now: “He will send 4 trucks to Ukraine.”" in told
    kept = publish.ids()["will send 4 trucks to Ukraine"]
    assert f"commitment changed: `{kept}` “will send 4 trucks to Ukraine”" in told
    assert "`quote` “will send 5 trucks to Ukraine” → “will send 4 trucks to Ukraine”" in told
    assert "open a school" not in told
    assert "char" not in told.split("### Edited")[1]


def test_a_typo_mended_at_the_source_keeps_the_identifier_and_is_told_as_changed(publish, run, document):
    publish(run(document("a", "He will sned trucks to Ukraine in May.")))
    (before,) = publish.ids().values()
    publish(run(document("a", "He will send trucks to Ukraine in May."), happened=EDITED))
    assert list(publish.ids().values()) == [before]
    told = publish.changelog()
    assert f"commitment changed: `{before}`" in told
    assert "commitment came" not in told and "commitment went" not in told
    assert set(publish.table("changes")["cause"]) == {"source"}


def test_a_value_that_changed_with_the_text_is_told_with_both_values(publish, run, document):
    told = edit(publish, run, document, "He will give $5 million to Ukraine.", "He will give $7 million to Ukraine.")
    assert "`amount` “5000000.00” → “7000000.00”" in told


def test_sentences_and_commitments_that_came_and_went(publish, run, document):
    told = edit(publish, run, document, f"{OPENING} She will open a school.", f"{OPENING}\n\nThey will plant trees.")
    gone, came = told.index("gone: “She will open a school.”"), told.index("new: “They will plant trees.”")
    assert gone < came < told.index("commitment went: ") < told.index("commitment came: ")
    assert OPENING not in told


def test_a_sentence_is_held_against_the_one_that_it_continues(publish, run, document):
    told = edit(publish, run, document, PROMISES, f"Rain fell on both days. {PROMISES.replace('5 trucks', '4 trucks')}")
    assert "was: “He will send 5 trucks to Ukraine.” / now: “He will send 4 trucks to Ukraine.”" in told
    assert "new: “Rain fell on both days.”" in told


def test_sentences_that_only_moved_are_no_differing_sentences(publish, run, document):
    told = edit(publish, run, document, PROMISES, "She will open a school.  He will send 5 trucks\nto Ukraine.")
    assert "no sentence differs, only their order or white space" in told
    assert "was: " not in told.split("### Edited")[1]


def test_long_sentences_are_cut_and_show_where_they_differ(publish, run, document):
    long = "He spoke of " + "rivers and " * 60
    told = edit(publish, run, document, f"{long}lakes.", f"{long}seas{' and bays' * 60}.")
    (line,) = (line for line in told.splitlines() if "was: " in line)
    assert "lakes" in line and "seas" in line and "…”" in line
    assert len(line) < 900


def test_a_change_of_our_own_parser_is_no_edit(publish, run, document):
    publish(run(document("a", f"{OPENING} {PROMISES}")))
    publish(run(document("a", PROMISES)))
    assert "Edited at the source" not in publish.changelog()
    assert publish.table("captures")["event"].to_list() == ["first_seen"]


def test_an_edit_is_told_in_one_version_only(publish, run, document):
    edit(publish, run, document, OPENING, PROMISES)
    publish(run(document("a", f"{PROMISES} {OPENING}"), happened=EDITED))
    assert "Edited at the source" not in publish.changelog()


def test_a_sample_that_gives_way_was_not_edited(publish, run, document):
    publish(run(document("a", "In short, he will send trucks.", text_origin="summary")))
    publish(run(document("a", PROMISES), happened=EDITED))
    assert publish.table("captures")["event"].to_list() == ["first_seen", "edited"]
    assert "Edited at the source" not in publish.changelog()


def test_an_edited_statement_that_became_equal_to_another_is_told_nowhere(publish, run, document):
    publish(run(document("a", OPENING), document("b", PROMISES)))
    publish(run(document("a", PROMISES), document("b", PROMISES), happened=EDITED))
    assert publish.table("readouts")["title"].to_list() == ["Meeting b"]
    assert "Edited at the source" not in publish.changelog()


def test_a_text_that_may_not_be_republished_is_not_printed(publish, run, document):
    before = document("a", f"{OPENING} {PROMISES}", licence="UN-TERMS")
    now = document("a", f"{OPENING} {PROMISES.replace('5', '4')}", licence="UN-TERMS")
    publish(run(before))
    publish(run(now, happened=EDITED))
    told = publish.changelog()
    assert "its licence does not allow to print the text" in told
    assert before["text_sha256"] in told and now["text_sha256"] in told
    assert "“will send 5 trucks to Ukraine” → “will send 4 trucks to Ukraine”" in told
    assert "He will send" not in told


def test_a_text_whose_licence_is_not_known_is_told_so(publish, run, document):
    publish(run(document("a", f"{OPENING} {PROMISES}", licence="unknown")))
    publish(run(document("a", OPENING, licence="unknown"), happened=EDITED))
    assert "its licence is not known, so that its text is not printed" in publish.changelog()
    assert "does not allow" not in publish.changelog()


def test_a_text_that_the_release_before_left_out_is_told_so(publish, run, document):
    publish(run(document("a", f"{OPENING} {PROMISES}", licence="unknown")))
    publish(run(document("a", OPENING), happened=EDITED))
    assert "the release before does not hold its text" in publish.changelog()


def test_many_edits_of_one_statement_are_told_in_short(publish, run, document):
    sentences = [f"Item {number} was discussed." for number in range(40)]
    told = edit(publish, run, document, " ".join(sentences), " ".join(f"{s[:-1]} at length." for s in sentences))
    assert told.count("was: “Item") == 20
    assert "and 20 more" in told


def test_of_many_edited_statements_the_later_ones_are_only_named(publish, run, document):
    names = [f"s{number}" for number in range(52)]
    publish(run(*(document(name, f"Talks {name} were held.") for name in names)))
    edits = [(name, "edited", LATER) for name in names]
    publish(run(*(document(name, f"Talks {name} were held again.") for name in names), happened=edits))
    told = publish.changelog()
    assert told.count("was: “Talks") == 50
    assert told.count("new copy of 2026-11-05:\n") == 50 and told.count("new copy of 2026-11-05.\n") == 2


def test_a_page_that_goes_and_comes_back_keeps_its_row(publish, run, document):
    text = f"{OPENING} {PROMISES}"
    gone = [("a", "gone", LATER)]
    publish(run(document("a", text)))
    ids = publish.ids()
    assert publish(run(document("a", text, availability="gone"), happened=gone)).version == "1.0.1"
    told = "### {}\n\n- “Meeting a” (USA, 2021-06-08, <https://example.org/a>), noticed on {}.\n"
    assert told.format("Gone from the source", "2026-11-05") in publish.changelog()
    assert publish.changelog().startswith("## 1.0.1 (2026-11-05)")
    assert publish.ids() == ids
    changes = publish.table("changes").select("table", "change", "column", "cause")
    assert changes.rows() == [("readouts", "changed", "availability", "source")]
    back = [*gone, ("a", "back", datetime(2026, 11, 9, tzinfo=UTC))]
    assert publish(run(document("a", text), happened=back)).version == "1.0.2"
    assert publish.table("readouts")["availability"].to_list() == ["live"]
    assert told.format("Back at the source", "2026-11-09") in publish.changelog()
    assert "Gone from" not in publish.changelog()
    assert publish.table("captures").select("event").to_series().to_list() == ["first_seen", "gone", "back"]


def test_the_data_card_counts_edited_and_gone_statements(publish, run, document):
    publish(run(document("a", OPENING), document("b", PROMISES)))
    last = [*EDITED, ("b", "gone", LATER)]
    publish(run(document("a", f"{OPENING} It rained."), document("b", PROMISES, availability="gone"), happened=last))
    card = (publish.place / "v1.0.1" / "README.md").read_text("utf-8")
    assert "| at their sources | 1 edited, 1 gone |" in card
