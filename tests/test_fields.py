"""Fields from text alone: what is stated is found, what is not is left null."""

from __future__ import annotations

import pytest

from cleaner import Article, clean
from cleaner.fields.byline import read_byline
from cleaner.fields.dates import find_dates, resolve
from cleaner.fields.headline import is_generic, is_headline, is_outlet
from cleaner.fields.names import is_byline_name, is_person
from cleaner.pipeline import default_pipeline

FIRST = (
    "The council closed the old bridge on Monday for a year, because its piers had moved again. "
    "Nobody in the harbour was surprised by that."
)
SECOND = (
    "Engineers had warned for years that the ground under the river was soft. They will put new "
    "piles beside the old ones, which takes a winter at least."
)
THIRD = (
    "Farmers on the far side will have to drive around the bay, which adds an hour to the way. "
    "The council says that it will pay for a ferry until the bridge opens."
)
TITLE = "Harbour bridge closes for a year"
PROSE = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def article(*head: str, tail: str = "") -> Article:
    return clean("\n\n".join([*head, PROSE, *([tail] if tail else [])]))


def spans(found: Article, text: str, name: str) -> list[str]:
    return [text[f.start : f.end] for f in found.fields if f.name == name]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("March 4, 2023", "2023-03-04"),
        ("Mar. 4, 2023 at 5:30 p.m. EST", "2023-03-04"),
        ("4th of March 2023", "2023-03-04"),
        ("Saturday, 04 March 2023 10:15", "2023-03-04"),
        ("2023-03-04T10:15:00Z", "2023-03-04"),
        ("2023/03/04", "2023-03-04"),
        ("04.03.2023, 10:15 Uhr", "2023-03-04"),
        ("25/03/2023", "2023-03-25"),
        ("03/25/2023", "2023-03-25"),
        ("4. März 2023", "2023-03-04"),
        ("4 mars 2023 à 10h15", "2023-03-04"),
        ("4 de marzo de 2023", "2023-03-04"),
        ("4 marzo 2023", "2023-03-04"),
        ("4 de março de 2023", "2023-03-04"),
        ("4 maart 2023", "2023-03-04"),
        ("4 marca 2023", "2023-03-04"),
        ("4. maaliskuuta 2023", "2023-03-04"),
        ("4 марта 2023", "2023-03-04"),
        ("4 Mart 2023", "2023-03-04"),
        ("4 Maret 2023", "2023-03-04"),
        ("2023年3月4日", "2023-03-04"),
        ("2023년 3월 4일", "2023-03-04"),
        ("2023. 3. 4. 10:15", "2023-03-04"),
        ("4. března 2023", "2023-03-04"),
        ("4 martie 2023", "2023-03-04"),
        ("4 Μαρτίου 2023", "2023-03-04"),
        ("4 березня 2023", "2023-03-04"),
        ("4 март 2023", "2023-03-04"),
        ("2023年3月4日 10時15分", "2023-03-04"),
        ("2023年3月4日午前10時15分", "2023-03-04"),
        ("2023년 3월 4일 오후 3시 10분", "2023-03-04"),
        ("2023.03.04 오전 10:15", "2023-03-04"),
        ("4 مارس 2023", "2023-03-04"),
        ("٤ مارس ٢٠٢٣", "2023-03-04"),
        ("4 मार्च 2023, 09:15", "2023-03-04"),
        ("४ मार्च २०२३", "2023-03-04"),
        ("4 মার্চ 2023", "2023-03-04"),
        ("4 במרץ 2023", "2023-03-04"),
        ("ngày 4 tháng 3 năm 2023", "2023-03-04"),
        ("2023. március 4., 10:15", "2023-03-04"),
    ],
)
def test_reads_dates_whole(text: str, day: str) -> None:
    (found,) = find_dates(text)
    assert (text[found.start : found.end], str(found.day)) == (text, day)


@pytest.mark.parametrize(
    "text", ["10 hours ago", "vor 3 Stunden", "hace 2 días", "3時間前", "Aug 15"]
)
def test_a_date_without_a_day_of_its_own_stays_open(text: str) -> None:
    (found,) = find_dates(text)
    assert found.day is None
    assert text[found.start : found.end] == text


@pytest.mark.parametrize(
    "text", ["the 4 mills 2023 saw", "31.02.2023", "version 2.3.24", "maybe 12", "room 12/4"]
)
def test_what_is_no_date(text: str) -> None:
    assert not find_dates(text)


def test_an_open_order_of_numbers_is_settled_by_evidence_alone() -> None:
    (found,) = find_dates("03/04/2023")
    assert [str(resolve(found, first)) for first in (None, True, False)] == [
        "None",
        "2023-04-03",
        "2023-03-04",
    ]
    assert (
        article(TITLE, "03/04/2023").published,
        article(TITLE, "03/04/2023").published_text,
    ) == (
        None,
        "03/04/2023",
    )
    settled = article(TITLE, "Published 03/04/2023 | Updated 25/04/2023")
    assert settled.published == "2023-04-03"


@pytest.mark.parametrize(
    "name", ["Ana de la Cruz", "Jürgen Weiß", "J. R. Okafor", "Mary-Ann O'Neil"]
)
def test_names_of_people(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "text",
    [
        "Breaking News",
        "Read More",
        "Home",
        "NATO Summit",
        "march on",
        "The Marsh Gazette",
        "Von Haus zu Haus",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert not is_person(text)


def test_a_newsroom_may_sign() -> None:
    assert is_byline_name("The Harbour staff")
    assert not is_byline_name("the time we left")


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("By Hannah Orwell", ["author*", "name"]),
        ("By Hannah Orwell and Tom Reed, staff writers", ["author*", "name", "name", "role"]),
        ("Hannah Orwell | March 4, 2023 | 3 min read", ["name", "date", "count"]),
        ("Published March 4, 2023 by Hannah Orwell", ["published*", "date", "author*", "name"]),
        ("Von Hanna Sommer 04.03.2023, 10:15 Uhr", ["author*", "name", "date"]),
        ("Mis à jour le 4 mars 2023", ["updated*", "date"]),
        ("Medically reviewed by Tom Reed, MD", ["helper*", "helper", "role"]),
        ("By the time we left", ["other"]),
        ("Theo Reed", ["name"]),
        ("The bridge opens March 4, 2023", ["other", "date"]),
    ],
)
def test_takes_a_byline_apart(line: str, roles: list[str]) -> None:
    assert [p.role + "*" * p.label for p in read_byline(line)] == roles


@pytest.mark.parametrize(
    ("line", "names", "rest"),
    [
        ("홍바다 기자", ["홍바다"], ["기자"]),
        ("기자명 홍바다 기자 입력 2023.03.04 10:15", ["홍바다"], ["기자", "입력"]),
        ("홍바다 특파원 bada@a.example", ["홍바다"], ["특파원 bada@a.example"]),
        ("홍바다·김노을 사회부 기자", ["홍바다", "김노을"], ["사회부 기자"]),
        ("〔記者林小舟、王大海／基隆報導〕", ["林小舟", "王大海"], ["記者", "／基隆報導"]),
        ("记者 林小舟 王海 报道", ["林小舟", "王海"], ["记者", "报道"]),
        ("文｜林小舟", ["林小舟"], ["文"]),
        ("撰文：林小舟 编辑：王海", ["林小舟"], ["撰文", "编辑", "王海"]),
        ("بقلم: ليلى حداد — 4 مارس 2023", ["ليلى حداد"], ["بقلم"]),
        ("लेखक: मीना जोशी | 4 मार्च 2023", ["मीना जोशी"], ["लेखक"]),
        ("시민 기자 모집", [], ["시민 기자 모집"]),
        ("文化 / 林小舟", [], ["文化", "林小舟"]),
        ("전문 기자", [], ["전문 기자"]),
    ],
)
def test_reporters_without_capitals(line: str, names: list[str], rest: list[str]) -> None:
    parts = [p for p in read_byline(line) if p.start < p.end and p.role != "date"]
    named = [line[p.start : p.end] for p in parts if p.role == "name"]
    assert (named, [line[p.start : p.end] for p in parts if p.role != "name"]) == (names, rest)


def test_a_reporter_is_an_author_wherever_newspapers_name_one() -> None:
    title = "마흔 해 만에 다시 달린 전차"
    first = "항구의 첫 전차가 마흔 해 만에 부두를 따라 달렸다. 아이들은 아침부터 깃발을 흔들었다."
    second = "시장은 이 노선이 도시를 바꿀 것이라고 말했다. 다음 봄에는 버스도 함께 다닐 것이다."
    for head, tail in (("홍바다 기자", ""), ("", "홍바다 기자 bada@a.example")):
        found = clean("\n\n".join(filter(None, [title, head, first, second, first, tail])))
        assert (found.title, found.authors) == (title, ("홍바다",))


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Hannah Orwell", ("Hannah Orwell",)),
        ("Words by Hannah Orwell & Tom Reed", ("Hannah Orwell", "Tom Reed")),
        ("HANNAH ORWELL\n\nMarch 4, 2023", ("HANNAH ORWELL",)),
        ("By\n\nHannah Orwell", ("Hannah Orwell",)),
        ("Par Hélène Morel, publié le 4 mars 2023", ("Hélène Morel",)),
        ("By Hannah Orwell, Tom Reed and Li Wei", ("Hannah Orwell", "Tom Reed", "Li Wei")),
        ("By Hannah Orwell, London", ("Hannah Orwell",)),
        ("Von Hannah Orwell, Berlin, und Tom Reed", ("Hannah Orwell", "Tom Reed")),
        ("Reviewed by Hannah Orwell", ()),
        ("By boat and on foot", ()),
        ("Hannah Orwell opens the bridge", ()),
    ],
)
def test_authors(line: str, authors: tuple[str, ...]) -> None:
    assert article(TITLE, line).authors == authors


def test_a_name_inside_the_prose_is_nobodys_byline() -> None:
    told = article(TITLE, "By Hannah Orwell the bridge was called a ruin, by Tom Reed a monument.")
    assert told.authors == ()


def test_a_labelled_byline_may_stand_at_the_end() -> None:
    assert article(TITLE, tail="Author: Hannah Orwell").authors == ("Hannah Orwell",)


def test_of_two_dates_the_published_one() -> None:
    found = article(TITLE, "Updated March 9, 2023 / Published March 4, 2023")
    assert (found.published, found.published_text) == ("2023-03-04", "March 4, 2023")
    assert "Updated March 9, 2023" in [r.text for r in found.removed]


@pytest.mark.parametrize(
    "first",
    [
        "Introduction",
        "The Background of the Closure",
        "Key takeaways",
        "Conclusion: a winter lost",
        "Fazit",
    ],
)
def test_a_section_heading_is_no_title(first: str) -> None:
    assert is_generic(first)
    assert article(first).title is None


@pytest.mark.parametrize("first", [FIRST, "- a ferry for a year", "March 4, 2023", "Bridge works:"])
def test_what_is_no_title(first: str) -> None:
    found = clean(f"{first}\n\n{PROSE}")
    assert found.title is None


def test_title_first_line_and_its_spans() -> None:
    text = f"{TITLE}\n\nMorningLedger.com 10 hours ago\n\n{PROSE}"
    found = clean(text)
    assert (found.title, found.source, found.published, found.published_text) == (
        TITLE,
        "MorningLedger.com",
        None,
        "10 hours ago",
    )
    assert spans(found, text, "source") == ["MorningLedger.com"]
    assert spans(found, text, "published") == ["10 hours ago"]
    assert found.body == PROSE


@pytest.mark.parametrize("joint", [" | ", " - ", " – "])
def test_page_title_with_outlet(joint: str) -> None:
    head = f"{TITLE}{joint}The Marsh Gazette\n\nHome\n\nTowns"
    text = f"{head}\n\n{TITLE}\n\nBy Hannah Orwell\n\n{PROSE}"
    found = clean(text)
    assert (found.title, found.source, found.authors) == (
        TITLE,
        "The Marsh Gazette",
        ("Hannah Orwell",),
    )
    assert found.fields[0].start == 0
    assert ("duplicate.title", TITLE) in [(r.rule, r.text) for r in found.removed]


def test_the_headline_goes_before_the_pages_own_title() -> None:
    menu = "\n\n".join(["Home", "Towns", "Weather", "Contact us", "Harbour"])
    heading = "Old harbour bridge closes for a whole year, council says"
    found = clean(f"{TITLE} | The Marsh Gazette\n\n{menu}\n\n{heading}\n\nMarch 4, 2023\n\n{PROSE}")
    assert found.title == heading
    assert found.source == "The Marsh Gazette"


def test_an_outlet_alone_under_the_title() -> None:
    assert article(TITLE, "HarbourWatch").source == "HarbourWatch"
    assert article(TITLE, "Harbour").source is None


@pytest.mark.parametrize("name", ["The Marsh Gazette", "marsh-gazette.co.uk", "HarbourWatch"])
def test_outlets(name: str) -> None:
    assert is_outlet(name)


@pytest.mark.parametrize("text", ["Harbour", "NATO", "Bridge works", "Closed today."])
def test_what_is_no_outlet(text: str) -> None:
    assert not is_outlet(text)


def test_tags_under_the_title() -> None:
    found = article(TITLE, "Public Works\nbridges\nharbour\nferrytraffic")
    assert found.tags == ("Public Works", "bridges", "harbour", "ferrytraffic")
    assert article(TITLE, "Three Old Piers\nOne New Pile\nNo Ferry Yet").tags == ()


def test_labelled_tags_in_the_tail() -> None:
    assert article(TITLE, tail="Tags: bridges, harbour").tags == ("bridges", "harbour")
    assert article(TITLE, tail="Filed under bridges, harbour").tags == ("bridges", "harbour")
    assert article(TITLE, tail="Tags bridges, harbour").tags == ()


@pytest.mark.parametrize(
    "text", ["It closes.", "one, two;", "• a pier", "https://example.org/a-b-c"]
)
def test_what_no_headline_looks_like(text: str) -> None:
    assert not is_headline(text, "paragraph") and not is_headline("", "paragraph")


def test_cleaning_the_body_again_takes_nothing_more() -> None:
    found = article(TITLE, "By Hannah Orwell", "Updated March 9, 2023", "Published March 4, 2023")
    assert found.body == PROSE
    again = clean(found.body)
    assert (again.body, again.fields) == (PROSE, ())


def test_fields_do_not_depend_on_which_rules_are_on() -> None:
    pipeline = default_pipeline()
    text = f"{TITLE}\n\nBy Hannah Orwell | March 4, 2023\n\n{TITLE}\n\n{PROSE}"
    ids = [r.id for r in pipeline.rules.rules]
    assert pipeline.without_rules(*ids)(text).fields == pipeline(text).fields


@pytest.mark.parametrize("text", ["", "|", "a", "\n".join("|By,-·" for _ in range(50)), "1" * 5000])
def test_odd_lines_are_no_trouble(text: str) -> None:
    assert clean(f"{text}\n\n{PROSE}").authors == ()


FAR = "\n\n".join(f"Menu entry {n}" for n in range(30))


def test_a_labelled_date_far_from_the_title() -> None:
    found = clean(f"{TITLE}\n\n{FAR}\n\n{PROSE}\n\nTail note\n\n{FAR}\n\nPosted on April 13, 2023")
    assert (found.published, found.published_text) == ("2023-04-13", "April 13, 2023")
    assert "2023" not in found.body


def test_several_far_dates_are_other_articles() -> None:
    teasers = "May 2, 2023\n\nA bridge for the birds\n\nMay 9, 2023\n\nA boat for the dean"
    found = clean(f"{TITLE}\n\n{FAR}\n\n{PROSE}\n\n{FAR}\n\n{teasers}\n\n{PROSE}")
    assert found.published is None


def test_an_author_far_from_the_title_by_a_label() -> None:
    found = clean(f"{TITLE}\n\n{FAR}\n\nWritten by Ann Lee\n\n{FAR}\n\n{PROSE}\n\n{FAR}")
    assert found.authors == ("Ann Lee",)


def test_an_author_far_from_the_title_by_a_sketch() -> None:
    sketch = "Ann Lee\n\nAnn Lee has written about harbours and ships for twenty years."
    found = clean(f"{TITLE}\n\n{FAR}\n\n{PROSE}\n\n{FAR}\n\n{sketch}")
    assert found.authors == ("Ann Lee",)


def test_several_far_authors_are_other_articles() -> None:
    teasers = "A bridge for birds\n\nBy Ann Lee\n\nA boat for the dean\n\nBy Tom Fisher"
    found = clean(f"{TITLE}\n\n{PROSE}\n\n{FAR}\n\n{teasers}\n\n{FAR}")
    assert found.authors == ()


def test_a_menu_is_no_author() -> None:
    found = clean(f"{TITLE}\n\n{FAR}\n\nBy Category\n\nBy Region\n\n{FAR}\n\n{PROSE}")
    assert found.authors == ()


def test_a_section_called_like_the_article_keeps_its_heading() -> None:
    more = (
        "A ferry will carry the farmers of the far side over until then, and the council has "
        "promised to pay for it from the budget of the harbour office."
    )
    found = clean(f"{TITLE}\n\n{PROSE}\n\n{TITLE}\n\n{more}")
    assert found.title == TITLE
    assert found.body == f"{PROSE}\n\n{TITLE}\n\n{more}"
