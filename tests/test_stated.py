"""What a page states of itself, and what is made of it."""

from __future__ import annotations

from datetime import date

import pytest

from cleaner import clean
from cleaner.document import Document
from cleaner.html.metadata import read_metadata
from cleaner.html.read import rendered
from cleaner.pipeline import STAGES, builtin_rules
from tests.judging import PARAGRAPHS

TEXT = "".join(f"<p>{p}</p>" for p in PARAGRAPHS[:4])


def values(head: str = "", body: str = TEXT) -> dict[str, object]:
    """What the stages up to the fields find on a page."""
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    doc = Document(page, "", builtin_rules())
    for stage in STAGES:
        doc = stage.run(doc)
        if stage.name == "extract":
            break
    return dict(doc.values)


def ld(body: str) -> str:
    return f'<script type="application/ld+json">{body}</script>'


def meta(**names: str) -> str:
    return "".join(
        f'<meta property="{k.replace("_", ":", 1)}" content="{v}">' for k, v in names.items()
    )


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        # The heading, where the metadata says the same in its words.
        (
            meta(og_title="Bridge closes for a year - The Gazette"),
            "<h1>Bridge closes for a year</h1>",
            "Bridge closes for a year",
        ),
        (
            "<title>Old bridge to close | The Gazette</title>",
            "<h1>The Gazette</h1><h1>Old bridge closes</h1>",
            "Old bridge closes",
        ),
        # A heading that names the site is none.
        (
            meta(og_title="Old bridge to close", og_site_name="The Gazette"),
            "<h1>The Gazette</h1>",
            "Old bridge to close",
        ),
        (
            "<title>Old bridge to close</title>",
            "<h1>Menu</h1><h2>Old bridge to close</h2>",
            "Old bridge to close",
        ),
        (
            ld('{"@type": "NewsArticle", "headline": "Old bridge to close"}'),
            "",
            "Old bridge to close",
        ),
        (
            "<title>Old bridge to close for repairs | The Gazette</title>",
            "",
            "Old bridge to close for repairs",
        ),
        # A lesser heading that says more than the page's title, above the text alone.
        (
            "<title>Annual meeting 2016</title>",
            "<h1>Harbour Band</h1><h2>New chair, old tuba: annual meeting 2016</h2>",
            "New chair, old tuba: annual meeting 2016",
        ),
        (
            "<title>Annual meeting 2016</title>",
            f"<h1>Harbour Band</h1>{TEXT}<h2>15 replies to Annual meeting 2016</h2>",
            "Annual meeting 2016",
        ),
        # The outlet's name is the first heading, or a line above; the article's stands below.
        (
            "<title>Bridge Watch: Diary of a bridge, part five</title>",
            "<h1><a href='/'>Bridge Watch</a></h1><h3>Diary of a bridge, part five</h3>",
            "Diary of a bridge, part five",
        ),
        (
            "<title>The Bridge Files: Day 44 at the toll house</title>",
            "<div>The Bridge Files</div><div>Day 44 at the toll house</div>",
            "Day 44 at the toll house",
        ),
        (
            "<title>Diary of a bridge | Letters and diaries</title>",
            "<h1>Diary of a bridge</h1><h2>Letters and diaries</h2>",
            "Diary of a bridge",
        ),
        ("", "", None),
    ],
)
def test_titles(head: str, body: str, title: str | None) -> None:
    assert values(head, body + TEXT).get("title") == title


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        (
            ld('{"@type": "Article", "author": {"@type": "Person", "name": "Ann Bell"}}'),
            "",
            ("Ann Bell",),
        ),
        (
            ld('[{"@type": "Article", "author": "#a"}, {"@id": "#a", "name": "Ann Bell"}]'),
            "",
            ("Ann Bell",),
        ),
        (
            ld(
                '{"@graph": [{"@type": "BlogPosting", "author": {"@id": "#a"}},'
                ' {"@type": "Person", "@id": "#a", "name": "Ann Bell"}]}'
            ),
            "",
            ("Ann Bell",),
        ),
        (
            ld('{"@type": "Article", "author": ["Ann Bell", {"name": "Li Wei"}]}'),
            "",
            ("Ann Bell", "Li Wei"),
        ),
        ('<meta name="author" content="By Ann Bell and Li Wei">', "", ("Ann Bell", "Li Wei")),
        (
            "",
            '<div class="post-byline"><span>By</span> <a href="/authors/bell">Ann Bell</a></div>',
            ("Ann Bell",),
        ),
        (
            "",
            '<span itemprop="author" itemscope><b itemprop="name">Ann Bell</b></span>',
            ("Ann Bell",),
        ),
        # Better none than a wrong one.
        *(
            (
                ld(
                    f'[{{"@type": "Article", "author": {by}}},'
                    ' {"@type": "Organization", "@id": "#o", "name": "Harbour Weekly"}]'
                ),
                "",
                None,
            )
            for by in ('"#o"', '{"@id": "#o"}')
        ),
        (
            ld('{"@type": "Article", "author": {"@type": "Organization", "name": "The Gazette"}}'),
            "",
            None,
        ),
        (
            meta(og_site_name="Gazette Online") + '<meta name="author" content="Gazette Online">',
            "",
            None,
        ),
        ('<meta name="author" content="admin">', "", None),
        (
            (
                '<link rel="canonical" href="https://www.old-gazette.example/bridge">'
                '<meta name="author" content="old-gazette.example">'
            ),
            "",
            None,
        ),
        ('<meta name="author" content="https://social.example/bell">', "", None),
        (
            "",
            '<div class="related"><div class="card"><p class="author">Bob Stone</p></div></div>',
            None,
        ),
        ("", '<div class="comment"><span class="comment-author">Bob Stone</span></div>', None),
        # Whom the page shows its readers goes before an account that nobody sees.
        (
            ld('{"@type": "Article", "author": {"name": "Web Desk"}}'),
            "<h1>Old bridge closes</h1><p>By Ann Bell</p>",
            ("Ann Bell",),
        ),
        # Where she works is nobody's name, and the name of an institution is one.
        (
            "",
            "<h1>Old bridge closes</h1><p>By Ann Bell, College of Bridges</p>",
            ("Ann Bell",),
        ),
        (
            '<meta name="author" content="Department for Rivers and Roads">',
            "",
            ("Department for Rivers and Roads",),
        ),
        # A page that names itself where others name an author.
        (
            "<title>Old bridge closes | Saaren Kaiku</title>",
            "<h1>Old bridge closes</h1><p>By Saaren Kaiku</p>",
            None,
        ),
        ("", '<div class="autorzy"><a href="/x">Blanka Sitarz</a></div>', ("Blanka Sitarz",)),
    ],
)
def test_authors(head: str, body: str, authors: tuple[str, ...] | None) -> None:
    assert values(head, body + TEXT).get("authors") == authors


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (
            ld('{"@type": "Article", "datePublished": "2024-03-05T23:30:00-08:00"}'),
            "",
            "2024-03-05",
        ),
        (meta(article_published_time="2024-03-05T06:00Z"), "", "2024-03-05"),
        ('<meta name="date" content="March 5, 2024">', "", "2024-03-05"),
        ("", '<time class="published" datetime="2024-03-05">yesterday</time>', "2024-03-05"),
        ("", '<time datetime="2024-03-05">Tuesday</time>', "2024-03-05"),
        # Two of them date something else.
        ("", '<time datetime="2024-03-05">a</time><time datetime="2023-01-01">b</time>', None),
        (
            '<link rel="canonical" href="https://gazette.example/2024/03/05/bridge">',
            "",
            "2024-03-05",
        ),
        # What readers are shown goes first, unless it is announced as an update.
        (
            ld('{"@type": "Article", "datePublished": "2024-03-04", "dateModified": "2024-03-05"}'),
            "<h1>Old bridge closes</h1><p>5 March 2024</p>",
            "2024-03-05",
        ),
        (
            ld('{"@type": "Article", "datePublished": "2024-03-04", "dateModified": "2024-03-05"}'),
            "<h1>Old bridge closes</h1><p>Updated 5 March 2024</p>",
            "2024-03-04",
        ),
        # Nothing after all that the page knows of.
        (
            ld('{"@type": "Article", "datePublished": "2024-03-04"}'),
            "<h1>Old bridge closes</h1><p>6 May 2031</p>",
            "2024-03-04",
        ),
        ("", "", None),
    ],
)
def test_dates(head: str, body: str, published: str | None) -> None:
    assert values(head, body + TEXT).get("published") == published


def test_numbers_are_read_as_the_language_writes_them() -> None:
    for language, day in (
        ("en-GB", date(2024, 3, 5)),
        ("en-US", date(2024, 5, 3)),
        ("de", date(2024, 3, 5)),
    ):
        body = f"<h1>Old bridge closes</h1><p>Harbour, 05/03/2024</p>{TEXT}"
        page = f"<html lang={language}><body>{body}"
        doc = Document(page, "", builtin_rules())
        for stage in STAGES[: [s.name for s in STAGES].index("fire")]:
            doc = stage.run(doc)
        assert dict(doc.values).get("published") == day.isoformat()


def test_source_url_and_tags() -> None:
    found = values(
        '<link rel="canonical" href="https://gazette.example/a">'
        + meta(og_site_name="The Gazette", article_tag="Bridges")
        + '<meta name="keywords" content="a, b">'
    )
    assert (found["source"], found["url"], found["tags"]) == (
        "The Gazette",
        "https://gazette.example/a",
        ("Bridges",),
    )
    assert "url" not in values('<link rel="canonical" href="/relative">')


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "[]",
        "null",
        '{"@type": 3}',
        '{"@type": "Article", "author": 5, "headline": {}}',
        "<!-- {} -->",
        "[" * 5_000,
    ],
)
def test_broken_json_ld_is_passed_over(broken: str) -> None:
    root, _ = rendered(f"<html><head>{ld(broken)}</head><body>{TEXT}")
    assert not [s for s in read_metadata(root) if s.origin == "json-ld"]


def test_json_ld_with_the_usual_faults() -> None:
    text = '//<![CDATA[\n{"@type": "Article", "headline": "Old\nbridge &amp; new",}\n//]]>'
    root, _ = rendered(f"<html><head>{ld(text)}</head><body>{TEXT}")
    assert [s.value for s in read_metadata(root) if s.name == "title"] == ["Old bridge & new"]


def test_half_a_character_that_json_ld_states_can_be_written() -> None:
    stated = r'{"@type": "Article", "headline": "Tr\ud800ams", "keywords": ["\udfff"]}'
    article = clean(f"<html><head>{ld(stated)}</head><body>{TEXT}")
    assert article.tags == ("\ufffd",)
    assert b"\\ud" not in article.to_json().encode()
