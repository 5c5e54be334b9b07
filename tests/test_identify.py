"""The language of a body."""

from __future__ import annotations

import pytest

from cleaner import clean
from cleaner.stages import identify
from tests.judging import MORE, PROSE


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
