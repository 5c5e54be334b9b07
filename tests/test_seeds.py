"""What a careful reader finds in each seed: the judgement that the goldens have to hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Article, clean

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))


def seed(number: int) -> Article:
    return clean(SEEDS[number].read_bytes())


def removals(article: Article) -> list[tuple[str, str]]:
    return [(r.kind, r.text) for r in article.removed]


def headings(article: Article, number: int) -> list[str]:
    text = SEEDS[number].read_text("utf-8")
    return [text[b.start : b.end] for b in article.blocks if b.kind == "heading"]


def test_a_source_and_a_date_glued_in_one_line() -> None:
    article = seed(0)
    assert (article.source, article.published_text, article.published) == (
        "Bloomberg.com",
        "10 hours ago",
        None,
    )
    assert article.title is not None
    assert article.title.endswith("What's Next for AI Data Labeling?")
    assert len(article.tags) == 6
    assert article.tags[::5] == ("Artificial Intelligence", "technews")
    assert removals(article) == [
        ("counter", "850"),
        ("duplicate", article.title),
        ("share", "Share this content:"),
        ("comments", "Comments"),
        ("comments", "0"),
        ("comments", "0/300"),
        ("newsletter", "Newsletter"),
        ("newsletter", "Subscribe our newsletter to receive our daily digested news"),
        (
            "newsletter",
            "Join our newsletter and get the latest updates delivered straight to your inbox.",
        ),
        ("promo", "ListMyStartup.app logo"),
        ("promo", "ListMyStartup.app"),
        ("promo", "Get ListMyStartup.app on your phone!"),
    ]
    assert article.body.startswith("Summary:\n\n• OpenAI ends partnership")
    assert article.body.endswith("AI model development support.")
    assert len([b for b in article.blocks if b.kind == "list_item"]) == 9


def test_an_outlet_under_the_title_and_a_disclaimer() -> None:
    article = seed(1)
    assert article.title is not None
    assert article.title.startswith("Meta bets $14.3 billion on Scale AI, ")
    assert article.source == "MarketWhisper"
    kinds = [kind for kind, _ in removals(article)]
    assert kinds == ["disclaimer", "comments", "comments", "comments"]
    assert article.removed[0].text.startswith("Disclaimer: The information")
    assert article.removed[0].text.endswith("please refer to Disclaimer.")
    assert article.body.endswith("Google plans to cut ties with Scale.")


def test_dangling_citations_and_a_flattened_table() -> None:
    article = seed(2)
    assert article.title == "Meta Invests $15B in Scale AI for AI Advancement"
    assert article.source is None
    assert article.body.startswith("Meta's $15B investment in Scale AI marks")
    assert headings(article, 2)[0].startswith("Meta Bets Big on Scale AI")
    assert [b.kind for b in article.blocks].count("table_row") == 4
    citations = [text for kind, text in removals(article) if kind == "citation"]
    assert citations == ["[1]", "[2]", "[2]", "[1]", "[2]", "[3]", "[2]", "[2]"]
    assert removals(article)[-2:] == [("markup", "**"), ("share", "Share this article:")]
    assert "[" not in article.body


def test_headings_run_into_their_paragraphs() -> None:
    article = seed(3)
    assert article.title is None
    assert headings(article, 3) == [
        "The Background of the Partnership",
        "Meta's Strategic Move",
        "Google's Strategic Reevaluation",
        "Industry Reactions",
        "Potential Implications for Scale AI",
        "The Future of Data Labeling Services",
        "Conclusion",
    ]
    assert removals(article) == [("comments", "0 comments:"), ("comments", "Post a Comment")]


def test_a_conclusion_is_no_footer() -> None:
    article = seed(4)
    assert article.title == "Meta's Bold Step into AI Investment"
    assert article.source is None
    assert len(headings(article, 4)) == 6
    assert headings(article, 4)[-1].startswith("Conclusion: The Call for Agile Leadership")
    assert removals(article) == [("comments", "Write A Comment")]
    assert article.body.endswith("partner with to harness these innovations.")


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.name[:3])
def test_cleaning_again_changes_nothing(path: Path) -> None:
    once = clean(path.read_bytes())
    again = clean(once.body)
    assert again.body == once.body
    assert (again.removed, again.fields) == ((), ())
    assert again.title is None
