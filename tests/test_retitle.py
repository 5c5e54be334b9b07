"""The title where nothing on top says which line it is."""

from __future__ import annotations

import dataclasses

import pytest

from cleaner import Article, Pipeline, clean
from cleaner.document import Document, Proposal
from cleaner.pipeline import STAGES
from tests.judging import FOOTER, LINKS, MENU, PARAGRAPHS, TEASERS

TITLE = "Old bridge over the bay to close for a year"
HEAD = ("Skip to content", *MENU, *LINKS[:6])
TAIL = ("Most read", *TEASERS, *FOOTER)


def page(*above: str, paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    return "\n".join([*HEAD, *above, *paragraphs, *TAIL])


def cleaned(*above: str, paragraphs: tuple[str, ...] = PARAGRAPHS) -> Article:
    return clean(page(*above, paragraphs=paragraphs))


@pytest.mark.parametrize(
    "below",
    [
        (),
        ("Share", "Facebook", "Copy link"),
        ("Jane Doe", "3 May 2021"),
        ("By Jane Doe", "Harbour reporter", "3 May 2021", "Share"),
    ],
)
def test_a_headline_that_stands_once_is_found(below: tuple[str, ...]) -> None:
    article = cleaned(TITLE, *below)
    assert article.title == TITLE
    assert TITLE not in article.body
    assert article.body.startswith(PARAGRAPHS[0][:60])
    if "3 May 2021" in below:
        assert (article.published, article.authors) == ("2021-05-03", ("Jane Doe",))


def test_what_is_left_of_a_menu_is_no_title() -> None:
    assert cleaned().title is None
    assert cleaned("Harbour Gazette", "Tides today").title is None
    dates = ("Published on Sunday, 13 March 2016 20:17", "Updated on Monday, 14 March 2016 08:01")
    lead = (
        "The notice was published on Sunday, 13 March 2016, and updated on Monday by the council."
    )
    assert cleaned(*dates, paragraphs=(lead, *PARAGRAPHS)).title is None


def test_the_stage_can_be_left_out() -> None:
    without = Pipeline().without("retitle")(page(TITLE))
    assert without.title != TITLE
    names = [stage.name for stage in STAGES]
    assert names.index("judge") < names.index("retitle") < names.index("verdict")
    # Nor does it do anything where nobody has judged.
    unjudged = Pipeline().without("judge")(page(TITLE))
    assert unjudged.title == Pipeline().without("judge", "retitle")(page(TITLE)).title
    assert not any(r.rule.startswith("judge.") for r in unjudged.removed)


def test_what_other_stages_found_stays() -> None:
    def topic(doc: Document) -> Document:
        start = doc.text.index("Weather")
        found = Proposal(start, start + 7, "field.tags", 1.0, field="tags")
        doc = dataclasses.replace(doc, values=(*doc.values, ("tags", ("Weather",))))
        return doc.propose([found])

    article = Pipeline().with_stage("topic", topic, before="judge")(page(TITLE))
    assert (article.title, article.tags) == (TITLE, ("Weather",))
    assert "tags" in {field.name for field in article.fields}


def test_what_the_page_says_twice_stays_the_title() -> None:
    text = f"{TITLE} | Harbour Gazette\n{page(TITLE)}"
    article = clean(text)
    assert article.title == TITLE
    assert article.source == "Harbour Gazette"


def test_an_article_alone_is_given_no_title() -> None:
    assert clean("\n\n".join(PARAGRAPHS)).title is None
    section = "What comes next"
    article = clean("\n\n".join([PARAGRAPHS[0], section, *PARAGRAPHS[1:]]))
    assert article.title is None
    assert section in article.body


def test_scripts_without_spaces_between_words() -> None:
    above = ("トップ", "社会", "政治", "経済", "国際", "スポーツ", "ログイン")
    title = "港の古い橋、1年間閉鎖へ 市議会が決定"
    body = (
        "市議会は月曜日、港の古い橋を1年間閉鎖することを決めた。橋脚が動いたためで、驚く人はいなかった。",
        "技術者たちは何年も前から、川底の地盤が軟らかいと警告していた。新しい杭は古い橋の隣に打たれる。",
        "対岸の農家は湾を回らなければならず、1時間余計にかかる。市は工事の間、渡し船の費用を負担する。",
        "橋が前に閉鎖された1987年には、広場の店が2軒閉じた。市長は同じことは起こさせないと話した。",
    )
    below = ("関連記事", "会社概要", "利用規約", "お問い合わせ")
    article = clean("\n".join([*above, title, "2026年10月5日", *body, *below]))
    assert (article.title, article.published) == (title, "2026-10-05")


def test_a_title_that_is_a_link_is_what_the_link_says() -> None:
    article = cleaned(f'# [{TITLE}](/2021/bridge "The bridge")')
    assert article.title == TITLE
