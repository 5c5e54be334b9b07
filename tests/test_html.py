"""Pages rendered to their text layer: every text once, lines where a browser breaks them."""

from __future__ import annotations

import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.document import Document
from cleaner.errors import BinaryInput, EmptyInput, InputTooLarge
from cleaner.html.page import Page
from cleaner.html.parse import parse
from cleaner.html.read import rendered
from cleaner.html.render import render
from cleaner.judge.training.coverage import coverage
from cleaner.pipeline import Pipeline, builtin_rules
from cleaner.stages.decode import decode
from cleaner.unpack import unpack


def page_of(markup: str) -> Page:
    return rendered(markup)[1]


def layer(markup: str) -> str:
    return page_of(markup).text


def kinds(markup: str) -> list[tuple[str, str]]:
    page = page_of(markup)
    return [(row.kind, page.text[row.start : row.end]) for row in page.rows]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("One<br>Two<br><br>Three", "One\nTwo\n\nThree"),
        ("<p>A  <b>bold</b>\n word</p>", "A bold word"),
        ("<p><span>T</span>he tram</p>", "The tram"),
        ("<p>H<sub>2</sub>O</p>", "H2O"),
        # What looks apart is apart, though no white space is there.
        ("<a href=/a>Home</a><a href=/b>News</a>", "Home News"),
        ("<p><span class=by>By</span><span class=name>Ann Bell</span></p>", "By Ann Bell"),
        ("<p><a href=/a>Ann Bell</a><span>Reporter</span></p>", "Ann Bell Reporter"),
        ("<p>The <a href=/a>bridge</a><b>s</b></p>", "The bridges"),
        ("<p><span class=by>B</span><span class=''>y Ann Bell</span></p>", "By Ann Bell"),
        ("<p><span class=by>B</span><span class=x>y Ann</span></p>", "By Ann"),
        ("<p><span class=''>B</span><span class=x>y Ann</span></p>", "By Ann"),
        (
            "<p><span class=a>Ann Bell</span><span class=b>, reporter</span></p>",
            "Ann Bell, reporter",
        ),
        (
            "<p><span>By <a href=/a>Ann Bell</a></span><span>ann@a.example</span></p>",
            "By Ann Bell ann@a.example",
        ),
        ("<p><code><span class=k>def</span><span class=p>(</span></code></p>", "def("),
        # Whatever a page does not show stays out, whatever it hides is there.
        ("<p>One</p><script>let two = 2</script><style>p{}</style>", "One"),
        (
            "<p>One</p><p style='display: none'>Two</p><noscript>Three</noscript>",
            "One\n\nTwo\n\nThree",
        ),
        ("<template><p>No</p></template><p>Yes</p>", "Yes"),
        ("<div><template shadowrootmode=open><p>Yes</p></template></div>", "Yes"),
        ("<!-- no --><p>a &lt; b &amp; c</p>", "a < b & c"),
        # Markers that a browser shows.
        ("<ul><li>One<li>Two</ul>", "• One\n• Two"),
        ("<ol start=3><li>One<li>Two<li value=9>Three</ol>", "3. One\n4. Two\n9. Three"),
        ("<ul><li><p>One</p><p>More</p></li></ul>", "• One\n\nMore"),
        # Values in tables stand in rows, and a page laid out by a table does not.
        (
            "<table><tr><th>Stop<th>Time</tr><tr><td>Quay<td>9:40</tr></table>",
            "Stop\tTime\nQuay\t9:40",
        ),
        ("<table><tr><td><h2>Menu</h2><td><p>Text</p></tr></table>", "Menu\n\nText"),
        ("<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc"),
        ("<select><option>One<option>Two</select><textarea>Three</textarea>", "One\nTwo\nThree"),
    ],
)
def test_lines_are_where_a_browser_breaks_them(body: str, text: str) -> None:
    assert layer(f"<!doctype html><html><body>{body}</body></html>") == text


def test_what_rows_are() -> None:
    assert kinds(
        "<body><h1>Trams return</h1><p>Text.</p><ul><li>One</ul><blockquote><p>Said.</p>"
        "</blockquote><pre>x = 1</pre><table><tr><td>a<td>b</table></body>"
    ) == [
        ("heading", "Trams return"),
        ("paragraph", "Text."),
        ("list_item", "• One"),
        ("quote", "Said."),
        ("code", "x = 1"),
        ("table_row", "a\tb"),
    ]


def test_a_table_of_one_column_holds_no_rows_of_values() -> None:
    markup = "<table><tr><td>One</td></tr><tr><td>Two</td></tr></table>"
    assert kinds(markup) == [("paragraph", "One"), ("paragraph", "Two")]


def test_coverage_falls_where_text_is_missing() -> None:
    markup = "<p>one</p><!-- no --><script>nor this</script><p>four</p><!-- open <p>hidden</p>"
    assert coverage(markup, "one\n\nfour") == 1
    assert coverage(markup, "four") == pytest.approx(4 / 7)
    assert coverage(markup, "") == 0


def test_what_a_row_knows() -> None:
    page = page_of(
        '<body><div class="Share-Box" id=s><p hidden>See <a href="/tag/x">all</a> <b>now</b></p>'
    )
    (row,) = page.rows
    assert (row.linked, row.strong, row.links) == (3, 3, 1)
    assert row.hidden == len("See all now") - 2
    names = []
    at = row.element
    while at >= 0:
        names.append((page.elements[at].tag, page.elements[at].names))
        at = page.elements[at].parent
    assert names[:2] == [("p", ""), ("div", "Share-Box s")]
    assert any(e.names == "to-tag" for e in page.elements)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Before",
        "<html><head><title>T</title><p>In the head</p></head><p>After</html><p>Beyond the end",
        "<html><frameset><frame src=a><noframes>No frames</noframes></frameset></html>",
        "<table><p>Out of place<tr><td>In</table>",
        "<?xml version='1.0'?><html><body><script src='a.js'/><div/><p>Text</p></body></html>",
        "<body><p>a<p>b</b></i><div>c</span>d",
        "<p>a form feed \x0c inside</p>",
        "<svg><text>On the chart</text></svg><p>Text",
        "<math><mi>x</mi><mo>=</mo><mn>1</mn></math>",
        "<div>" * 300 + "Below" + "</div>" * 300 + "<p>After",
    ],
)
def test_no_text_is_lost_whatever_the_markup(markup: str) -> None:
    assert coverage(markup, layer(markup)) == 1


def test_very_deep_pages_keep_their_text_in_order() -> None:
    deep = 100_000
    markup = "<html><body>" + "<div>a " * deep + "middle" + " b</div>" * deep + "<p>end</p>"
    words = layer(markup).split()
    assert words == ["a"] * deep + ["middle"] + ["b"] * deep + ["end"]


def test_plain_elements_are_deep_too() -> None:
    assert layer("<p>" + "<span>a " * 5_000 + "end").split() == ["a"] * 5_000 + ["end"]


def test_an_element_of_very_many_attributes() -> None:
    many = " ".join(f'data-{n}="x"' for n in range(100_000))
    page = page_of(f"<body><div {many} class=share>Text</div></body>")
    assert page.text == "Text"
    assert page.elements[page.rows[0].element].names == "share"


def test_a_tree_made_flat_is_the_same_where_the_page_is_not_deep() -> None:
    markup = "<p>a</p>b<div>c<ul><li>d<li>e</ul>f</div><br>g <b>h</b> i<table><tr><td>j</table>"
    assert render(parse(markup, flat=True), whole=True).text == layer(markup)


def test_very_long_texts_are_whole() -> None:
    markup = f"<body><p>{'word ' * 4_000_000}last</p><p>after</p>"
    assert layer(markup).endswith("word last\n\nafter")
    assert len(layer(markup)) > 20_000_000


def test_items_of_long_lists_are_numbered_on() -> None:
    rows = page_of("<ol>" + "<li>x" * 40_000 + "</ol>").rows
    assert len(rows) == 40_000
    text = layer("<ol>" + "<li>x" * 40_000 + "</ol>")
    assert text.startswith("1. x\n2. x\n") and text.endswith("\n40000. x")


_TAGS = [
    "div",
    "p",
    "span",
    "a",
    "li",
    "ul",
    "td",
    "tr",
    "table",
    "h2",
    "b",
    "section",
    "pre",
    "br",
]
_PIECES = st.lists(
    st.one_of(
        st.sampled_from([f"<{t}>" for t in _TAGS] + [f"</{t}>" for t in _TAGS]),
        st.text(st.characters(exclude_characters="<&\x00", exclude_categories=["Cs"]), max_size=12),
        st.sampled_from(["&amp;", "&nbsp;", "<!-- x -->", '<p class="share" hidden>', "\n"]),
    ),
    max_size=40,
)


@given(_PIECES)
def test_any_soup_of_tags_keeps_its_text(pieces: list[str]) -> None:
    markup = "<html><body>" + "".join(pieces)
    page = page_of(markup)
    shown = re.sub(r"<!-- x -->|<[^>]*>", "", "".join(pieces)).replace("&nbsp;", "\xa0")
    plain = re.sub(r"[\s\x00-\x1f]+|^• ", "", shown.replace("&amp;", "&"))
    held = re.sub(r"[\s\x00-\x1f]+", "", page.text)
    # List markers are the page's too.
    marks = [page.text[r.start : r.end] for r in page.rows if r.kind == "list_item"]
    assert len(held) - len(marks) == len(plain) or sorted(held) == sorted(plain + "•" * len(marks))
    position = 0
    for row in page.rows:
        assert position <= row.start < row.end <= len(page.text)
        assert page.text[position : row.start].strip() == ""
        assert page.text[row.start : row.end] == page.text[row.start : row.end].strip()
        position = row.end
    assert page.text[position:].strip() == ""


def encoded(data: bytes, hint: str | None = None) -> Document:
    return decode(Document(data, "", builtin_rules(), hint))


def test_the_format_is_told_by_content() -> None:
    for page in (
        b"<!DOCTYPE html><p>Text",
        b"\n <!-- saved --> <html lang=en><body>Text",
        b"<?xml version='1.0' encoding='utf-8'?><html><body>Text</body></html>",
        b"<div class=a><p>One</p><p>Two</p><p>Three</p></div>",
        b"\xef\xbb\xbf<!doctype html>Text",
    ):
        assert encoded(page).format == "html"
    for text in (
        b"<3 this town, said nobody.\n\nThe tram came.",
        b"<b>Trams</b> return to the quay after forty years.",
        b"In HTML one writes <!doctype html> first.",
        b"<table>: the element for tables\n\n"
        + b"It holds rows, and rows hold cells. " * 20
        + b"<table><tr><td>a</td></tr></table>"
        + b" More on rows follows here." * 60,
    ):
        assert encoded(text).format == "text"


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("<html><meta charset=iso-8859-2><p>Łódź".encode("iso-8859-2"), "iso8859-2", "Łódź"),
        # A page that was saved in another encoding than it states.
        ("<html><meta charset=iso-8859-1><p>Zoë 東京".encode(), "utf-8", "Zoë 東京"),
        ("<html><meta charset=no-such><p>Zoë".encode(), "utf-8", "Zoë"),
        (
            "<html><meta charset=shift_jis><p>東京の電車が戻る".encode("cp932"),
            "cp932",
            "東京の電車が戻る",
        ),
        ("<html><meta charset=gb2312><p>電車回來了".encode("gb18030"), "gb18030", "電車回來了"),
        ("<html><p>Zoë".encode("utf-16"), "utf-16", "Zoë"),
    ],
)
def test_the_encoding_that_a_page_states(data: bytes, encoding: str, text: str) -> None:
    doc = encoded(data)
    assert (doc.encoding, doc.format) == (encoding, "html")
    assert text in doc.text


MHTML = (
    b"From: <Saved by Blink>\r\nSubject: Trams\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b"\r\n\r\n'
    b"----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<!DOCTYPE html><html><body><p class=3Da>Trams return =E2=80=93 at last</p></body></html>\r\n"
    b"----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
    b"----b--\r\n"
)


def test_saved_pages_are_unpacked() -> None:
    doc = encoded(MHTML)
    assert doc.format == "html" and layer(doc.text) == "Trams return – at last"
    assert encoded(gzip.compress(MHTML)).text == doc.text
    assert encoded(gzip.compress(b"Just a text")).text == "Just a text"
    assert encoded(gzip.compress(b"a text, ") + gzip.compress(b"in two")).text == "a text, in two"
    letter = b"From: ann@example.org\nSubject: trams\n\nThey are back."
    assert encoded(letter).text == letter.decode()


def test_damaged_and_huge_archives_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = gzip.compress(b"text " * 1_000)
    with pytest.raises(BinaryInput, match="its end is missing"):
        unpack(packed[:-12])
    with pytest.raises(BinaryInput, match="damaged"):
        unpack(packed[:10] + b"\xff" * 20 + packed[30:])
    with pytest.raises(EmptyInput):
        encoded(gzip.compress(b""))
    monkeypatch.setattr("cleaner.unpack.MAX_UNPACKED", 1_000)
    with pytest.raises(InputTooLarge):
        unpack(packed)


def test_what_a_server_says_of_the_encoding_counts_last() -> None:
    page = "<html><meta charset=iso-8859-2><p>Łódź nad rzeką</p>".encode("iso-8859-2")
    plain = page.replace(b"<meta charset=iso-8859-2>", b"<meta name=a>")
    pipeline = Pipeline()
    assert pipeline(page, stated_encoding="cp1251").encoding == "iso8859-2"
    assert pipeline(plain, stated_encoding="iso-8859-2").encoding == "iso8859-2"
    assert pipeline("<html><p>Łódź</p>".encode(), stated_encoding="cp1251").encoding == "utf-8"
    assert pipeline(plain, stated_encoding="no-such").format == "html"
