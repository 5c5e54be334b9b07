"""The invariants of the design, as properties over generated articles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner import Article, CleanerError, Field, Pipeline, Removal, clean, normalise
from cleaner.stages.assemble import rebuild
from tests.strategies import HOSTILE, Draft, drafts, hostile_texts, layouts, strong_cruft


def text_layer(data: str | bytes, article: Article) -> str:
    """The text layer, as anybody can make it from the output."""
    if isinstance(data, bytes):
        return data.decode(article.encoding, errors="replace")
    return "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in data)


def check_ledger(text: str, article: Article) -> None:
    """Conservation, replay and order, checked without the code that made the ledger."""
    outside = [0] * len(text)
    inside = [0] * len(text)
    taken: list[Removal | Field] = [*article.removed, *article.fields]
    for span in taken:
        assert span.start is not None and span.end is not None
        assert 0 <= span.start < span.end <= len(text)
        for i in range(span.start, span.end):
            outside[i] += 1
    for block in article.blocks:
        assert 0 <= block.start < block.end <= len(text)
        for i in range(block.start, block.end):
            inside[i] += 1
    for character, out, block_count in zip(text, outside, inside, strict=True):
        assert out <= 1 and block_count <= 1
        assert character.isspace() or out == 1 or block_count == 1
    for spans in (article.blocks, article.removed):
        starts = [s.start for s in spans]
        assert starts == sorted(starts)
    assert [f.start for f in article.fields] == sorted(f.start or 0 for f in article.fields)
    for removal in article.removed:
        assert removal.text == text[removal.start : removal.end]
        assert 0 < removal.confidence <= 1

    parts: list[str] = []
    for number, block in enumerate(article.blocks):
        if number:
            both = block.kind == article.blocks[number - 1].kind == "list_item"
            parts.append("\n" if both else "\n\n")
        kept = "".join(text[i] for i in range(block.start, block.end) if not outside[i])
        parts.append(normalise(kept))
    assert "".join(parts) == article.body
    assert rebuild(text, article.blocks, (*article.removed, *article.fields)) == article.body

    layer = iter(normalise(text).replace(" ", ""))
    assert all(c in layer for c in "".join(article.body.split())), "not a subsequence"


@given(data=st.data(), draft=drafts())
def test_ledger_of_generated_articles(data: st.DataObject, draft: Draft) -> None:
    """1, 2, 5: every character is accounted for, the body replays, the order is kept."""
    text = data.draw(layouts(draft))
    cruft = data.draw(st.lists(st.sampled_from(strong_cruft("anywhere")), max_size=4))
    for _, line in cruft:
        at = data.draw(st.integers(0, text.count("\n")))
        lines = text.split("\n")
        text = "\n".join([*lines[:at], line, *lines[at:]])
    check_ledger(text, clean(text))


@given(hostile_texts())
def test_ledger_of_hostile_text(text: str) -> None:
    """1, 2, 5, 8: text that no writer would write gives an article or a named error."""
    try:
        article = clean(text)
    except CleanerError:
        return
    check_ledger(text_layer(text, article), article)


@given(st.binary(max_size=600))
def test_any_bytes_give_an_article_or_a_named_error(data: bytes) -> None:
    """8: totality, for bytes."""
    try:
        article = clean(data)
    except CleanerError as error:
        assert error.name and str(error)
        return
    check_ledger(text_layer(data, article), article)
    article.to_json().encode("utf-8")


@given(data=st.data(), draft=drafts())
def test_a_clean_body_comes_back_unchanged(data: st.DataObject, draft: Draft) -> None:
    """3: whatever the layout was, cleaning the body again changes nothing."""
    first = clean(data.draw(layouts(draft)))
    again = clean(first.body)
    assert again.body == first.body
    assert again.removed == ()


@given(draft=drafts())
def test_a_clean_article_loses_nothing(draft: Draft) -> None:
    """3: title and body as they are, in any script."""
    article = clean(draft.title + "\n\n" + draft.body)
    assert article.body == draft.body
    assert article.title == draft.title
    assert article.removed == ()


@given(data=st.data(), draft=drafts(("en",)))
def test_cruft_between_paragraphs_is_taken_out(data: st.DataObject, draft: Draft) -> None:
    """4: a clean article with known cruft inserted comes back as the clean article."""
    between = data.draw(st.lists(st.sampled_from(strong_cruft("anywhere")), min_size=1, max_size=3))
    after = data.draw(st.lists(st.sampled_from(strong_cruft("tail")), max_size=3))
    blocks = list(draft.blocks)
    for _, line in between:
        blocks.insert(data.draw(st.integers(1, len(blocks))), line)
    blocks += [line for _, line in after]
    article = clean("\n\n".join([draft.title, *blocks]))
    assert article.body == draft.body
    assert {r.text for r in article.removed} == {line for _, line in (*between, *after)}


@given(data=st.data(), draft=drafts())
def test_what_ran_before_changes_nothing(data: st.DataObject, draft: Draft) -> None:
    """6: the same input gives the same bytes, whatever was cleaned in between."""
    text = data.draw(layouts(draft))
    before = clean(text).to_json()
    clean("Another article\n\nIt has nothing to do with the first one, but was cleaned in between.")
    assert clean(text).to_json() == before


@given(data=st.data(), draft=drafts(("en",)))
def test_switching_a_rule_off_never_removes_more(data: st.DataObject, draft: Draft) -> None:
    """7: monotonicity."""
    cruft = data.draw(st.lists(st.sampled_from(strong_cruft("tail")), min_size=1, max_size=4))
    lines = [draft.title, *draft.blocks]
    for _, line in cruft:
        lines.insert(data.draw(st.integers(0, len(lines))), line)
    text = "\n".join(lines)
    off = data.draw(st.sampled_from(cruft))[0]
    whole, partial = clean(text), Pipeline().without_rules(off)(text)
    assert _removed_characters(partial) <= _removed_characters(whole)
    assert all(r.rule != off for r in partial.removed)


def _removed_characters(article: Article) -> set[int]:
    return {i for r in article.removed for i in range(r.start, r.end)}


@given(st.one_of(hostile_texts(120), st.text(st.sampled_from(list(HOSTILE)), max_size=40)))
def test_normalise_is_idempotent(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_normalise_leaves_plain_words_alone(text: str) -> None:
    assert normalise(text) == " ".join(text.split())
