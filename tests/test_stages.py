"""Single stages on small texts: decoding, segmenting, settling, the language."""

from __future__ import annotations

import gzip
import textwrap

import pytest

from cleaner import (
    STAGES,
    BinaryInput,
    EmptyInput,
    Pipeline,
    UsageError,
    clean,
    normalise,
)
from cleaner.document import Document, Proposal
from cleaner.lines.runin import run_in_headings
from cleaner.pipeline import builtin_rules
from cleaner.shape import is_prose
from cleaner.stages import identify

PROSE = "The river rose over its banks in the night, and nobody had seen it coming. It was cold."
MORE = "By the morning the lower streets stood under water, and boats went from door to door."


# decode


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", "Ein Café am Fluß – „schön“"),
        ("utf-16", "Ein Café am Fluß – „schön“"),
        ("utf-32", "Ein Café am Fluß – „schön“"),
        ("utf-8", "Ein Café am Fluß – „schön“"),
        ("ascii", "A plain line of text"),
    ],
)
def test_marked_and_plain_encodings(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    article = clean(data)
    assert data.decode(article.encoding) == text
    assert article.warnings == ()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Der Fluß trat über die Ufer, und niemand hörte die Glocke läuten. " * 3),
        ("cp1251", "Река вышла из берегов, и никто не услышал колокола в ту ночь. " * 3),
        ("shift_jis", "川の水が夜のうちに増えて、朝には橋の下まで届いていた。" * 4),
        ("euc_kr", "밤새 강물이 불어나 아침에는 다리 밑까지 차올랐다. 아무도 몰랐다. " * 4),
        ("gb18030", "夜里河水上涨，到早晨已经漫到桥下，谁也没有听见钟声。" * 4),
    ],
)
def test_detected_encodings(encoding: str, text: str) -> None:
    assert clean(text.encode(encoding)).body == text.strip()


def test_a_declared_encoding_goes_before_detection() -> None:
    data = "Žluťoučký kůň".encode("cp1250")
    assert clean(data, encoding="windows-1250").body == "Žluťoučký kůň"
    with pytest.raises(UsageError, match="try utf-8"):
        clean(data, encoding="klingon")


def test_undecodable_bytes_are_counted() -> None:
    data = ("Über Flüsse führen schöne Brücken aus Öl. " * 3).encode() + b"\xff\xfe und mehr."
    article = clean(data)
    assert article.encoding == "utf-8"
    assert article.warnings == ("undecodable-bytes: 2",)


def test_a_stated_replacement_character_is_none_that_was_lost() -> None:
    assert clean("A \ufffd in a line".encode()).warnings == ()


def test_lone_surrogates_are_counted() -> None:
    article = clean("One \ud800 and two \udfff\udfff here")
    assert article.warnings == ("lone-surrogates: 3",)
    article.to_json().encode("utf-8")


@pytest.mark.parametrize("data", [b"", b" \n\t", "", "\u200b\u200b \n", b"\xef\xbb\xbf"])
def test_nothing_visible_is_named(data: bytes | str) -> None:
    with pytest.raises(EmptyInput):
        clean(data)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        gzip.compress(bytes(range(256)) * 20),
        gzip.compress(PROSE.encode())[:-9],
        b"%PDF-1.7 text",
        b"\x89PNG\r\n\x1a\n",
    ],
    ids=["bytes", "gzip of bytes", "gzip without its end", "pdf", "png"],
)
def test_binary_is_named(data: bytes) -> None:
    with pytest.raises(BinaryInput):
        clean(data)


def test_nul_bytes_in_text_are_taken_out() -> None:
    assert clean(f"{PROSE}\x00 {MORE}".encode()).body == f"{PROSE} {MORE}"


# segment


def blocks(text: str) -> list[tuple[str, str]]:
    article = clean(text)
    return [(b.kind, text[b.start : b.end]) for b in article.blocks]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0c", "\x0b"])
@pytest.mark.parametrize("blank", [1, 2, 3])
def test_line_breaks_of_all_sorts(end: str, blank: int) -> None:
    assert clean(PROSE + end * blank + MORE).body == f"{PROSE}\n\n{MORE}"


def test_hard_wrapped_text_is_rejoined() -> None:
    wrapped = (
        "The river rose over its banks in the night,\nand nobody had seen it coming. By the\n"
        "morning the lower streets stood under water,\nand boats went from door to door.\n\n"
        "The mayor said that pumps would be brought\nfrom the next town, but the road there was\n"
        "cut off as well."
    )
    assert clean(wrapped).body == "\n\n".join(
        " ".join(p.split("\n")) for p in wrapped.split("\n\n")
    )


def test_wrapped_list_items_stay_apart() -> None:
    text = (
        "- the first thing that has to be said about\n  it all is long\n"
        "- the second thing that has to be said here\n  is longer still\n"
        "- the third thing that has to be said here\n  is the longest"
    )
    assert clean(text).body.count("\n") == 2


def test_lines_that_are_no_paragraph_stay_apart() -> None:
    poem = "The river rose\nand took the bridge\nand took the mill\nbut not the bell"
    assert clean(poem).body == poem.replace("\n", "\n\n")


def test_wrapped_chinese_is_joined_without_a_space() -> None:
    text = "夜里河水上涨到早晨已经漫到桥下谁也没有听见钟声河水上涨了\n" * 5
    assert " " not in clean(text).body


def test_kinds_of_blocks() -> None:
    text = (
        f"{PROSE}\n\nWhat came after\n\n{MORE}\n\n• one thing\n• another thing\n\n"
        "1. first\n2. second\n\n"
        f"> {MORE}\n\nname\tage\nJane\t40\n\n```\nx = 1\n```\n\n{PROSE}"
    )
    assert [k for k, _ in blocks(text)] == (
        ["paragraph", "heading", "paragraph"]
        + ["list_item"] * 4
        + ["quote"]
        + ["table_row"] * 2
        + ["code"] * 3
        + ["paragraph"]
    )


def test_a_long_line_comes_back_as_one_paragraph() -> None:
    line = " ".join([PROSE, MORE] * 12)
    assert clean(line).body == line


def test_cruft_inside_an_endless_line_is_taken_out() -> None:
    line = " ".join([PROSE, MORE] * 12) + " Share this article! " + " ".join([MORE, PROSE] * 8)
    article = clean(line)
    assert [r.text for r in article.removed] == ["Share this article!"]


RUN_IN = [
    (
        "The Old Mill The mill stood at the bend of the river, and its wheel stood still. "
        "Children played there in the summer, and owls lived under the roof. Nobody minded them."
    ),
    (
        "A New Owner In the spring a woman from the city bought it for very little. She meant to "
        "grind flour again, and people laughed. They stopped when the wheel began to turn in May."
    ),
    (
        "Bread For The Town While the ovens were being built, she sold flour by sacks. The bakers "
        "came one after another, and in the end the town had its own bread. It was dark and cheap."
    ),
]


def test_headings_run_into_their_paragraphs_are_split() -> None:
    splits = run_in_headings(RUN_IN)
    assert [RUN_IN[n][:at].strip() for n, at in splits.items()] == [
        "The Old Mill",
        "A New Owner",
        "Bread For The Town",
    ]


def test_paragraphs_that_start_with_names_are_not_split() -> None:
    names = [
        f"New York Mayor {first} {last} said that the bridge would be closed for a year, and that "
        "nobody should be surprised by that. The council had been warned about it often enough, "
        "and the money was there. It was only a matter of will, and of the right season."
        for first, last in [("Jane", "Roe"), ("John", "Doe"), ("Ann", "Poe"), ("Tom", "Coe")]
    ]
    assert run_in_headings(names) == {}
    assert run_in_headings(RUN_IN[:2]) == {}
    assert run_in_headings([*RUN_IN, *names]) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PROSE, True),
        ("Home News Sport Weather Travel Culture Money Opinion Video Podcasts Shop Contact", False),
        ("Too short.", False),
        ("夜里河水上涨，到早晨已经漫到桥下，谁也没有听见钟声，大家都睡着了。", True),
    ],
)
def test_prose(text: str, expected: bool) -> None:
    assert is_prose(text) is expected


# settle


def with_proposals(*proposals: Proposal) -> Pipeline:
    return Pipeline().with_stage("mine", lambda doc: doc.propose(proposals), before="settle")


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("12 comments | Leave a comment", "comments.count"),
        ("(40 комментариев | Оставить комментарий)", "comments.count"),
        ("Kommentare (3) · Kommentar schreiben", "comments.count"),
        # One part of it is somebody's own.
        ("Bread | Butter | Leave a comment", None),
        ("Leave a comment | Bread", None),
        ("Leave a comment", "comments.prompt"),
    ],
)
def test_a_row_of_labels_is_what_its_labels_are(row: str, rule: str | None) -> None:
    doc = Document(f"{PROSE}\n\n{MORE}\n\n{row}", "", builtin_rules())
    for stage in STAGES[: [s.name for s in STAGES].index("header")]:
        doc = stage.run(doc)
    assert [rules[0].id for rules in doc.hits.values()] == ([rule] if rule else [])


def test_overlaps_are_settled_by_confidence() -> None:
    rule = "share.prompt"
    weak = Proposal(0, 20, "other.weak", 0.5, kind="other")
    sure = Proposal(4, 9, rule, 0.9, kind="share")
    article = with_proposals(weak, sure)(PROSE)
    assert [(r.start, r.end, r.kind) for r in article.removed] == [
        (0, 3, "other"),
        (4, 9, "share"),
        (10, 19, "other"),
    ]


def test_a_field_goes_before_a_removal() -> None:
    article = with_proposals(
        Proposal(0, 9, "other.sure", 1.0, kind="other"),
        Proposal(4, 9, "field.source", 0.1, field="source"),
    )(PROSE)
    assert [(f.name, f.start, f.end) for f in article.fields] == [("source", 4, 9)]
    assert [(r.start, r.end) for r in article.removed] == [(0, 3)]


def test_separators_of_what_is_gone_go_too() -> None:
    text = f"{PROSE}\n\nalpha | beta\n\n{MORE}"
    at = text.index("alpha")
    article = with_proposals(
        Proposal(at, at + 5, "other.x", 0.9, kind="other"),
        Proposal(at + 8, at + 12, "other.x", 0.9, kind="other"),
    )(text)
    assert [r.rule for r in article.removed] == ["other.x", "markup.separator", "other.x"]
    assert article.body == f"{PROSE}\n\n{MORE}"


def test_a_span_that_would_fuse_what_stands_around_it_stays() -> None:
    text = f"{PROSE} cafe[x]\u0301 here"
    at = text.index("[x]")
    assert with_proposals(Proposal(at, at + 3, "other.x", 1.0, kind="other"))(text).removed == ()


# the list of stages


def test_a_stage_can_be_switched_off() -> None:
    article = Pipeline().without("identify", "fire")(f"{PROSE}\n\n{MORE}\n\nShare this article:")
    assert article.language is None
    assert "Share this article:" in article.body


def test_stages_that_cannot_be_switched_off_and_unknown_ones_are_named() -> None:
    with pytest.raises(UsageError, match="settle"):
        Pipeline().without("settle")
    with pytest.raises(UsageError, match="there are decode"):
        Pipeline().without("nonsense")
    with pytest.raises(UsageError, match="there are decode"):
        Pipeline().with_stage("x", lambda doc: doc, before="nonsense")


def test_the_callers_stage_sees_the_document() -> None:
    seen: list[Document] = []

    def look(doc: Document) -> Document:
        seen.append(doc)
        return doc

    Pipeline(STAGES).with_stage("look", look, before="settle")(PROSE)
    assert seen[0].lines[0].text == PROSE


# identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"{PROSE} {MORE}", "en"),
        ("Der Fluss trat nachts über die Ufer, und niemand hatte es kommen sehen. " * 2, "de"),
        ("夜里河水上涨，到早晨已经漫到桥下，谁也没有听见钟声，大家都还在睡觉。" * 2, "zh"),
        ("Too short to say.", None),
        ("12 34 56 78 90 " * 20, None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert clean(text).language == language


LOOK_ALIKE = {
    "da": """
        Det er ikke første gang, at kommunen har sagt nej til en ny bro over åen. Borgerne har
        ventet i mange år på en løsning, og nu er der igen kommet et forslag, som skal
        behandles af byrådet i næste uge. Vi håber, at det bliver til noget denne gang.
    """,
    "af": """
        Dit is nie die eerste keer dat die stadsraad nee gesê het vir 'n nuwe brug oor die
        rivier nie. Die inwoners wag al baie jare vir 'n oplossing, en nou is daar weer 'n
        voorstel wat volgende week deur die raad bespreek sal word.
    """,
    "ca": """
        No és la primera vegada que l'ajuntament diu que no a un pont nou sobre el riu. Els
        veïns fa molts anys que esperen una solució, i ara torna a haver-hi una proposta que
        el ple ha de debatre la setmana que ve.
    """,
    "bg": """
        Това не е първият път, когато общината казва не на нов мост над реката. Жителите чакат
        от много години за решение и сега отново има предложение, което съветът трябва да
        разгледа през следващата седмица.
    """,
    "cs": """
        Není to poprvé, co město řeklo ne novému mostu přes řeku. Obyvatelé čekají na řešení
        už mnoho let a teď se znovu objevil návrh, který má zastupitelstvo projednat příští
        týden. Doufáme, že z toho tentokrát něco bude, říká předsedkyně spolku.
    """,
    "et": """
        See ei ole esimene kord, kui vald ütleb ei uuele sillale üle jõe. Elanikud on
        lahendust oodanud juba palju aastaid ja nüüd on jälle tulnud ettepanek, mida volikogu
        peab järgmisel nädalal arutama, ütleb ühingu esimees.
    """,
}
"""Texts in languages that share words with those whose words are known."""


@pytest.mark.parametrize("language", LOOK_ALIKE)
def test_a_language_that_looks_like_one_whose_words_are_known(language: str) -> None:
    text = " ".join(LOOK_ALIKE[language].split())
    assert clean(text).language == language


def test_few_words_are_left_to_langdetect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identify, "_detect", lambda sample: "xx")
    text = "The councillors were astonished by the announcement of the harbourmaster, and of those "
    text += "who had been told of it before the newspapers."
    assert clean(text).language == "xx"
    assert clean(f"{text} {text}").language == "en"


def test_function_words_say_what_langdetect_says(monkeypatch: pytest.MonkeyPatch) -> None:
    article = clean(f"{PROSE} {MORE}")
    monkeypatch.setattr(identify, "_detect", lambda sample: None)
    assert clean(f"{PROSE} {MORE}").language == article.language == "en"
    monkeypatch.undo()
    monkeypatch.setattr(identify, "_by_function_words", lambda sample, languages: None)
    assert clean(f"{PROSE} {MORE}").language == "en"


# normalise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("itâ€™s  a cafÃ©", "it’s a café"),
        ("voilÃ\u00a0 tout", "voilà tout"),
        ("so\u00adft hy\u200bphen\u00ads", "soft hyphens"),
        ("cafe\u0301", "café"),
        ("one\u2009two\u3000three\r\nfour", "one two three four"),
        ("پیاده\u200cرو", "پیاده\u200cرو"),
        ("x\u200cy", "xy"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("Â Ã\x00‘", "Â Ñ"),
        ("naïve Ångström", "naïve Ångström"),
    ],
)
def test_normalise(text: str, plain: str) -> None:
    assert normalise(text) == plain


# fire

TITLE = "The night the river came to the town"


def test_a_lone_word_in_a_clean_article_stays() -> None:
    article = clean(f"{TITLE}\n\n{PROSE}\n\n{MORE}\n\nNewsletter")
    assert article.body.endswith("Newsletter")
    company = clean(
        f"{TITLE}\n\n{PROSE}\n\n{MORE}\n\nNewsletter\n\nPost a comment\n\nShare this article"
    )
    assert company.body == f"{PROSE}\n\n{MORE}"


def test_a_word_above_a_sentence_is_its_heading() -> None:
    section = "Newsletter\n\nIt goes out on Mondays, and few people read it."
    cruft = "Post a comment\n\nShare this article"
    article = clean(f"{TITLE}\n\n{PROSE}\n\n{MORE}\n\n{section}\n\n{cruft}")
    assert article.body == f"{PROSE}\n\n{MORE}\n\n{section}"


def test_spans_that_would_fuse_together_stay_and_others_go() -> None:
    text = f"{PROSE} cafe[x][y]\u0301 here [z] and there."
    spans = [text.index(mark) for mark in ("[x]", "[y]", "[z]")]
    proposals = [Proposal(at, at + 3, "other.x", 1.0, kind="other") for at in spans]
    assert [r.text for r in with_proposals(*proposals)(text).removed] == ["[z]"]


@pytest.mark.parametrize("width", range(45, 111, 5))
def test_text_wrapped_at_any_width_is_rejoined(width: int) -> None:
    paragraphs = [
        f"{PROSE} {MORE} Pumps would be brought from the next town, the mayor had said on Monday.",
        f"{MORE} The road there was cut off. Nobody knew for how long it would be. {PROSE}",
        f"People slept in the school, in the church and in the mill. {PROSE} So it went on.",
    ]
    wrapped = "\n\n".join(textwrap.fill(p, width) for p in paragraphs)
    assert clean(wrapped).body == "\n\n".join(paragraphs)
