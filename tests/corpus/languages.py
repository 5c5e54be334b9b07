"""Made-up words in several languages and scripts, of which articles are put together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """What a language's articles are made of.

    Attributes:
        parts: for each place in a sentence what may stand there.
        names: of people.
        cruft: what stands around articles.
        by: what stands before an author.
        space: between the parts of a sentence and between sentences.
        stop: ends a sentence.
    """

    parts: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    cruft: tuple[str, ...]
    by: str
    space: str = " "
    stop: str = "."


def _of(
    *parts: str, names: str, cruft: str, by: str, space: str = " ", stop: str = "."
) -> Language:
    return Language(
        tuple(tuple(part.split("|")) for part in parts),
        tuple(names.split("|")),
        tuple(cruft.split("|")),
        by,
        space,
        stop,
    )


LANGUAGES = {
    "en": _of(
        "The council|The ferry|A farmer from the bay|The old bridge|The harbour master|A teacher|"
        "The museum|The orchestra|The tram company|A baker|The court|The mayor|The river|A nurse",
        "decided to wait|was closed for the winter|has asked for more money|"
        "will open again in June|lost its roof in the storm|had never been counted|"
        "was sold to a neighbour|cost too much|"
        "found nobody who would help|moved to the far side of the river|is older than the town",
        "because nobody had asked|after a vote on Monday|although the rain had stopped|"
        "as the papers of that year show|and half the town came to see it|for the third time|"
        "when the water had gone down|without a word about the cost|as it had been told to",
        names="Ann Lee|Tom Harper|Ruth Ames|Jo Field",
        cruft="Share this article:|Subscribe to our newsletter|Comments|0/300|Read more|Home|"
        "Sports|Related articles|All rights reserved.|Accept all cookies|Weather|"
        "Follow us on Facebook",
        by="By",
    ),
    "de": _of(
        "Der Gemeinderat|Die Fähre|Ein Bäcker aus dem Süden|Die alte Brücke|Das Museum am Fluss",
        "blieb über den Winter geschlossen|sucht seit März Geld für größere Räume|"
        "hat lange gezögert|wurde an einen Nachbarn verkauft|öffnet im Juni wieder",
        "weil niemand gefragt hatte|nach einer Abstimmung am Montag|obwohl der Regen aufhörte|"
        "ohne ein Wort über die Kosten",
        names="Jürgen Groß|Käthe Möller",
        cruft="Teilen Sie diesen Artikel|Newsletter abonnieren|Kommentare|Mehr lesen|"
        "Alle Rechte vorbehalten|Wetter",
        by="Von",
    ),
    "fr": _of(
        "Le conseil|La vieille église|Une boulangère de la baie|Le musée|L’orchestre du théâtre",
        "a décidé d’attendre|était fermé tout l’hiver|cherche encore de l’argent|"
        "déménage de l’autre côté du fleuve",
        "faute d’avis contraire|après le vote de lundi|bien que la pluie ait cessé|"
        "et la moitié de la ville est venue",
        names="Hélène Lefèvre|Théo Brûlé",
        cruft="Partager cet article|Abonnez-vous à notre newsletter|Commentaires|Lire aussi|"
        "Tous droits réservés|Météo",
        by="Par",
    ),
    "es": _of(
        "El ayuntamiento|La niña del faro|Un panadero de la bahía|El puente viejo|El museo",
        "decidió esperar|pidió más dinero|abrirá otra vez en junio|"
        "perdió el tejado con la tormenta",
        "porque nadie preguntó|tras la votación del lunes|aunque ya no llovía|"
        "por tercera vez este año",
        names="Íñigo Peña|Lucía Núñez",
        cruft="Comparte esta noticia|Suscríbete al boletín|Comentarios|Leer más|"
        "Todos los derechos reservados",
        by="Por",
    ),
    "pl": _of(
        "Rada miasta|Stary most|Piekarz znad zatoki|Muzeum|Łódź rybacka",
        "czeka na decyzję|była zamknięta przez całą zimę|znów prosi o pieniądze|szuka pomocy",
        "bo nikt nie zapytał|po poniedziałkowym głosowaniu|choć deszcz już ustał|już trzeci raz",
        names="Żaneta Wójcik|Łukasz Dąb",
        cruft="Udostępnij artykuł|Zapisz się do newslettera|Komentarze|Czytaj więcej",
        by="Autor:",
    ),
    "tr": _of(
        "Belediye|Eski köprü|Körfezden bir çiftçi|Müze|İstasyon şefi",
        "pazartesi günkü oylamadan sonra|yağmur durduğu hâlde|kimse sormadığı için",
        "beklemeye karar verdi|kış boyunca kapalı kaldı|yeniden para istedi|haziranda açılacak",
        names="Işıl Gündoğdu|Çağrı Şen",
        cruft="Bu haberi paylaş|Bültenimize abone olun|Yorumlar|Devamını oku",
        by="Yazan:",
    ),
    "ru": _of(
        "Городской совет|Старый мост|Пекарь с залива|Музей|Паром",
        "решил подождать|был закрыт всю зиму|снова просит денег|откроется в июне",
        "потому что никто не спросил|после голосования в понедельник|хотя дождь уже кончился",
        names="Анна Лебедева|Пётр Ежов",
        cruft="Поделиться|Подпишитесь на рассылку|Комментарии|Читать далее|Все права защищены",
        by="Автор:",
    ),
    "el": _of(
        "Το συμβούλιο|Η παλιά γέφυρα|Ένας φούρναρης|Το μουσείο",
        "αποφάσισε να περιμένει|έμεινε κλειστό όλο τον χειμώνα|ζήτησε πάλι χρήματα",
        "γιατί κανείς δεν ρώτησε|μετά την ψηφοφορία της Δευτέρας|αν και η βροχή σταμάτησε",
        names="Άννα Λέκκα|Νίκος Ψάρης",
        cruft="Κοινοποίηση|Εγγραφείτε στο newsletter|Σχόλια|Διαβάστε περισσότερα",
        by="Του",
    ),
    "ar": _of(
        "قرر المجلس|انتظر الخباز|طلب المتحف المال|أغلق الجسر القديم",
        "بعد تصويت يوم الاثنين|لأن أحدا لم يسأل|رغم توقف المطر",
        "للمرة الثالثة هذا العام|وجاء نصف أهل المدينة|حتى شهر يونيو",
        names="سلمى حداد|كريم نجار",
        cruft="شارك هذا المقال|اشترك في النشرة|التعليقات|اقرأ المزيد",
        by="بقلم",
    ),
    "he": _of(
        "מועצת העיר|הגשר הישן|אופה מן המפרץ|המוזיאון",
        "החליט לחכות|היה סגור כל החורף|ביקש עוד כסף",
        "כי איש לא שאל|אחרי ההצבעה ביום שני|אף שהגשם פסק",
        names="נועה לוי|דן שקד",
        cruft="שתפו את הכתבה|הירשמו לניוזלטר|תגובות|קראו עוד",
        by="מאת",
    ),
    "hi": _of(
        "नगर परिषद ने|पुराने पुल ने|खाड़ी के किसान ने|संग्रहालय ने",
        "सोमवार के मतदान के बाद|बारिश रुकने पर भी|बिना किसी से पूछे",
        "रुकने का फ़ैसला किया|और पैसे माँगे|जून में फिर काम शुरू किया",
        names="आशा वर्मा|मोहन राव",
        cruft="साझा करें|न्यूज़लेटर की सदस्यता लें|टिप्पणियाँ|और पढ़ें",
        by="लेखक:",
        stop="।",
    ),
    "zh": _of(
        "市议会|老桥|海湾的农夫|博物馆|渡船公司",
        "星期一投票以后|虽然雨已经停了|因为没有人问起",
        "决定再等一等|整个冬天都关着门|又要了一笔钱|六月重新开放",
        names="李安|王小河",
        cruft="分享本文|订阅我们的通讯|评论|阅读更多|版权所有",
        by="作者：",
        space="",
        stop="。",
    ),
    "ja": _of(
        "町議会は|古い橋は|湾の農夫は|博物館は",
        "月曜日の投票のあと|雨がやんだのに|だれも尋ねなかったので",
        "待つことに決めた|冬のあいだ閉まっていた|もう一度お金を求めた",
        names="山田花|川口健",
        cruft="この記事をシェア|メルマガ登録|コメント|続きを読む",
        by="文・",
        space="",
        stop="。",
    ),
    "ko": _of(
        "시의회는|오래된 다리는|만의 농부는|박물관은",
        "월요일 투표 뒤에|비가 그쳤는데도|아무도 묻지 않아서",
        "기다리기로 했다|겨우내 닫혀 있었다|돈을 더 달라고 했다",
        names="이안나|김하늘",
        cruft="기사 공유|뉴스레터 구독|댓글|더 보기",
        by="글",
    ),
    "th": _of(
        "สภาเมือง|สะพานเก่า|ชาวนาจากอ่าว|พิพิธภัณฑ์",
        "ตัดสินใจรอ|ปิดตลอดฤดูหนาว|ขอเงินเพิ่มอีก",
        "เพราะไม่มีใครถาม|หลังการลงคะแนนวันจันทร์|แม้ฝนจะหยุดแล้ว",
        names="อรุณ ใจดี|มาลี ทองคำ",
        cruft="แชร์บทความ|สมัครรับจดหมายข่าว|ความคิดเห็น|อ่านต่อ",
        by="โดย",
        stop="",
    ),
}
"""By code."""
