"""Generated articles: paragraphs, headings, lists, in several scripts and layouts; and cruft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from hypothesis import strategies as st

from cleaner.rules import source_book

# Plain words of several scripts; none of them is a widget's.
_WORDS = {
    "en": "river bridge winter council farmer budget letter music harbour garden teacher market",
    "de": "Brücke winter ernte haushalt brief garten lehrerin hafen musik straße wiese über",
    "ru": "река мост зима совет письмо музыка гавань сад учитель рынок дорога поле",
    "el": "ποταμός γέφυρα χειμώνας συμβούλιο γράμμα μουσική λιμάνι κήπος αγορά δρόμος",
    "ar": "نهر جسر شتاء مجلس رسالة موسيقى ميناء حديقة معلم سوق طريق حقل",
    "hi": "नदी पुल सर्दी परिषद पत्र संगीत बंदरगाह बगीचा शिक्षक बाज़ार सड़क खेत",
    "ja": "川には 長い橋が 冬の朝 議会は 手紙を 音楽と 港町で 庭園の 教師が 市場へ",
}
_STOPS = {"ja": "。", "hi": "।"}
_ODD_SPACES = ("\u00a0", "\u2009", "\u202f", "  ", "\t ", "\u200b ", "\u00ad ")


@dataclass(frozen=True)
class Draft:
    """A generated article: its title and the blocks of its body, each as the body shows it."""

    title: str
    blocks: tuple[str, ...]

    @property
    def body(self) -> str:
        """The body as the contract joins it."""
        parts: list[str] = []
        for number, block in enumerate(self.blocks):
            if number:
                listed = block.startswith("• ") and self.blocks[number - 1].startswith("• ")
                parts.append("\n" if listed else "\n\n")
            parts.append(block)
        return "".join(parts)


@st.composite
def sentences(draw: st.DrawFn, script: str, least: int = 7) -> str:
    """A sentence of plain words, in lower case but for its first."""
    pool = _WORDS[script].split()
    words = draw(st.lists(st.sampled_from(pool), min_size=least, max_size=16))
    text = ("" if script == "ja" else " ").join(words)
    return text[0].upper() + text[1:].lower() + _STOPS.get(script, ".")


@st.composite
def paragraphs(draw: st.DrawFn, script: str) -> str:
    """Two to five sentences: running text for certain."""
    count = draw(st.integers(2, 5))
    gap = "" if script == "ja" else " "
    return gap.join(draw(sentences(script, least=9)) for _ in range(count))


@st.composite
def drafts(draw: st.DrawFn, scripts: tuple[str, ...] = tuple(_WORDS)) -> Draft:
    """An article whose body starts and ends with running text."""
    script = draw(st.sampled_from(scripts))
    pool = _WORDS[script].split()
    blocks = [draw(paragraphs(script))]
    for _ in range(draw(st.integers(1, 5))):
        shape = draw(st.sampled_from(("paragraph", "heading", "list")))
        if shape == "heading":
            # Shorter than any title, or it might repeat it.
            words = draw(st.lists(st.sampled_from(pool), min_size=3, max_size=4))
            blocks.append(" ".join(words).capitalize())
        elif shape == "list":
            items = draw(st.integers(2, 4))
            blocks += ["• " + draw(sentences(script)) for _ in range(items)]
        blocks.append(draw(paragraphs(script)))
    title = " ".join(draw(st.lists(st.sampled_from(pool), min_size=5, max_size=8))).capitalize()
    return Draft(title, tuple(blocks))


@st.composite
def layouts(draw: st.DrawFn, draft: Draft, *, blank: bool | None = None) -> str:
    """The article as a scraper may have saved it: line ends, odd spaces, blank lines or none."""
    end = draw(st.sampled_from(("\n", "\r\n", "\r", "\u2028", "\n\x0c")))
    spaced = draw(st.booleans()) if blank is None else blank
    odd = draw(st.sampled_from(_ODD_SPACES))
    dirty = draw(st.integers(0, 3))
    lines: list[str] = []
    for number, block in enumerate([draft.title, *draft.blocks]):
        if number and spaced:
            lines.append("")
        # Only a few spaces are odd, as on real pages.
        lines.append(block.replace(" ", odd, dirty) if number % 3 == 1 else block)
    return end.join(lines) + draw(st.sampled_from(("", end)))


@cache
def strong_cruft(where: str) -> list[tuple[str, str]]:
    """Lines that a rule must take out in that part of an article, whatever stands around them."""
    return [
        (rule.id, text)
        for rule in source_book().rules
        if rule.scope != "stage" and not rule.weak and not rule.beside
        if rule.where == "anywhere"
        or where == rule.where
        or (rule.where == "edge" and where != "anywhere")
        for words in rule.words.values()
        for text in words.fires
        if "\n" not in text
    ]


# Characters that break text tools: controls, joiners, marks, odd line ends, mojibake, surrogates.
HOSTILE = (
    "\x00\x07\x0b\x0c\x1b\x1c\x85\xa0\xad\u0301\u0345\u061c\u1160\u11a8\u180e\u200b\u200c\u200d\u200e"
    "\u2028\u2029\u202e\u2060\u3000\ufeff\ufffd\U0001f468\U000e0001İıſßﬁÂâ€™Ã©[1]<b></b>&amp;&nbsp;"
    "|·•-–—*#>`\"'.,:;!?()\n\r\t 09aZéжあ中"
)


def hostile_texts(max_size: int = 400) -> st.SearchStrategy[str]:
    """Text that no writer would write."""
    pieces = st.one_of(
        st.sampled_from(list(HOSTILE)),
        st.text(max_size=6),
        st.sampled_from(
            [
                "Share this article:",
                "By Jane Roe",
                "12 March 2024",
                "It rained all day long, and the river rose before anybody had noticed it. ",
                "Disclaimer: ",
                "[1][2]",
                "\n\n",
                "0/300",
            ]
        ),
    )
    return st.lists(pieces, max_size=max_size // 4).map("".join)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """An article as a scraper may have saved it, with cruft between its paragraphs."""
    draft = draw(drafts())
    blocks = list(draft.blocks)
    for _, line in draw(st.lists(st.sampled_from(strong_cruft("anywhere")), max_size=3)):
        blocks.insert(draw(st.integers(1, len(blocks))), line)
    return draw(layouts(replace(draft, blocks=tuple(blocks))))
