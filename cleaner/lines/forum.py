"""Whether a text is a forum's: what the software of forums writes around posts.

    Thread starter
    Joined Aug 24, 2006
    Messages 1,234
    Reaction score 88

In an article such words are rare, and no two of them stand by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable

SIGNS: dict[str, str] = {
    "en": "thread starter|topic starter|original poster|start date|joined|member since|registered"
    "|posts|messages|reaction score|trophy points|total posts|post reply|reply quote|quote reply"
    "|add to quote|insert quotes|click to expand|search forums|search titles only|forum rules"
    "|board index|forum listing|full forum listing|jump to latest|jump to forum|quick reply"
    "|view previous topic view next topic|you cannot post new topics|go to topic listing"
    "|not open for further replies|submitted|topic replies views activity"
    "|users browsing this forum|unread posts|sorted by|asked"
    "|answered|ask question|your answer|post your answer|improve this answer"
    "|improve this question|hot network questions|silver badges|silver badge|bronze badges"
    "|bronze badge|accepted answer|accepted solution|mark as solution|senior member"
    "|junior member|new member|active member|well-known member",
    "de": "themenstarter|themenersteller|beginndatum|registriert seit|mitglied seit|dabei seit"
    "|beiträge|punkte reaktionen|foren-übersicht|ungelesene beiträge|senior-mitglied"
    "|neues mitglied|bekanntes mitglied|aktives mitglied|zum vergrößern anklicken",
    "fr": "auteur du sujet|initiateur de la discussion|date de début|inscription|inscrit le"
    "|inscrit depuis|messages|score de réaction|membre depuis|index du forum|sujet résolu"
    "|répondre en citant|cliquez pour agrandir",
    "es": "autor del tema|iniciador del tema|fecha de inicio|registrado|mensajes|puntuación de"
    " reacciones|miembro desde|índice general|responder citando|miembro senior",
    "it": "autore discussione|data d'inizio|registrato|iscritto dal|iscritto il|messaggi"
    "|punteggio reazioni|membro dal|indice forum|rispondi citando|clicca per allargare",
    "pt": "autor do tópico|data de início|registrado em|registado|membro desde|mensagens"
    "|índice do fórum|responder com citação|pontuação de reação",
    "nl": "topicstarter|lid geworden op|lid sinds|berichten|startdatum|forumoverzicht"
    "|waarderingsscore|quote selectie",
    "pl": "autor wątku|data rozpoczęcia|dołączył|dołączyła|rejestracja|posty|postów"
    "|strona główna forum|odpowiedz z cytatem",
    "sv": "trådstartare|medlem sedan|registrerad|inlägg|startdatum|forumindex",
    "da": "trådstarter|tilmeldt|medlem siden|indlæg|boardindeks",
    "fi": "aloittaja|aloituspäivä|liittynyt|viestejä|viestit|rekisteröitynyt|keskustelun aloittaja",
    "cs": "autor tématu|registrován|registrace|příspěvky|příspěvků|obsah fóra",
    "ru": "автор темы|дата начала|регистрация|зарегистрирован|сообщений|сообщения|на форуме с"
    "|список форумов|нажмите для раскрытия",
    "tr": "konu sahibi|konbuyu başlatan|başlangiç tarihi|katilim|kayit|mesajlar|mesaj"
    "|tepkime puani|forum ana sayfa",
    "id": "pembuat thread|bergabung|tanggal mulai|pesan|indeks forum",
    "ja": "トピック作成者|登録日|記事|投稿数|投稿記事|掲示板トップ",
    "ko": "글쓴이|가입일|작성글|게시글|전체글",
    "zh": "楼主|樓主|注册时间|註冊時間|帖子|积分|積分|发表于|發表於|精华|主题",
}
"""By language, folded, what stands in a line by itself or with a number or a date behind it."""
_SIGN_CHARS = 70
"""Longer lines, in code points, say something."""
_NEAR = 2
"""Within so many words behind it, or behind a colon, a number or a date begins."""
_DIFFERENT = 2
"""So many different signs make a forum."""


def _by_first_word(signs: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for sign in signs:
        found.setdefault(sign.split(None, 1)[0], []).append(sign)
    return {word: tuple(all_of_it) for word, all_of_it in found.items()}


_SIGNS = _by_first_word(sign for signs in SIGNS.values() for sign in signs.split("|"))


def is_forum(keys: Iterable[str]) -> bool:
    """Whether lines hold several different things that only the software of forums writes.

    Args:
        keys: the folded forms of the lines.
    """
    found: set[str] = set()
    for key in keys:
        sign = forum_sign(key)
        if sign is not None:
            found.add(sign)
            if len(found) >= _DIFFERENT:
                return True
    return False


def forum_sign(key: str) -> str | None:
    """The sign that a line is, by its folded form: "joined" of "joined: aug 24, 2006"."""
    signs = _SIGNS.get(key.partition(" ")[0].partition(":")[0])
    if signs is None or len(key) > _SIGN_CHARS:
        return None
    key = " ".join(key.replace(":", " ").split())
    for sign in signs:
        if key.startswith(sign):
            rest = key[len(sign) :]
            # "Messages 28" and "Joined: Aug 24, 2006", not "Joined the crew in 1987".
            if not rest or (
                not rest[0].isalpha()
                and any(c.isdigit() for word in rest.split(None, _NEAR)[:_NEAR] for c in word)
            ):
                return sign
    return None
