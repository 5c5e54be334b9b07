"""Words of labels, bylines and headlines, per language. Data only; all in folded form."""

from __future__ import annotations

LABELS: dict[str, dict[str, str]] = {
    "author": {
        "en": "by|written by|words by|story by|report by|reported by|posted by|published"
        " by|authored by"
        "|author|authors|article by|post author|guest post by|contributed by|contributor|blog by"
        "|post by|created by|about the author|by author|uploaded by|submitted by|text by",
        "de": "von|autor|autorin|autoren|geschrieben von|ein artikel von|text von|text|verfasst von"
        "|ein beitrag von|eine analyse von|ein kommentar von|ein interview von|aus",
        "fr": "par|écrit par|auteur|auteurs|publié par|rédigé par|propos recueillis par",
        "es": "por|escrito por|autor|autora|autores|publicado por|redactado por",
        "it": "di|a cura di|scritto da|autore|autrice|pubblicato da",
        "pt": "por|escrito por|autor|autora|autores|publicado por",
        "nl": "door|geschreven door|auteur|auteurs",
        "pl": "autor|autorka|autorzy|napisał|napisała|opracował|opracowanie",
        "sv": "av|skriven av|text av|författare|skribent",
        "da": "af|skrevet af|forfatter",
        "no": "skrevet av|tekst",
        "cs": "autor|autorka|napsal|napsala",
        "ro": "scris de|autor|autoare",
        "el": "από|γράφει|συντάκτης",
        "uk": "автор|авторка|текст",
        "fi": "kirjoittaja|kirjoittanut|toimittaja|teksti",
        "ru": "автор|авторы|текст",
        "tr": "yazar|yazan|haber",
        "id": "oleh|penulis|ditulis oleh|reporter",
        "ja": "執筆者|著者|文|執筆|ライター",
        "ko": "글|기자|작성자",
        "zh": "作者|文|撰文|记者|記者",
        "ar": "بقلم|كتب|كتبت|كتبه|إعداد|تحرير|الكاتب",
        "hi": "लेखक|लेखिका|द्वारा|रिपोर्ट|संवाददाता",
        "vi": "tác giả|bài viết",
        "hu": "szerző|írta",
        "he": "מאת|כתב|כתבה",
    },
    "published": {
        "en": "published|published on|published at|first published|first published on"
        "|posted|posted on"
        "|posted at|date|publish date|publication date|date published|originally published"
        "|originally published on|originally posted|originally posted on|originally published at"
        "|release date|created|created on|date posted|published date|added|written on|issued|on"
        "|blog post published|article published|posted date|date created|filed|published online",
        "de": "veröffentlicht|veröffentlicht am|erstellt|erstellt am|erschienen am|publiziert"
        "|publiziert am|vom|datum|zuerst veröffentlicht am|am|stand",
        "fr": "publié le|publié|paru le|mis en ligne le|posté le|le|date de publication",
        "es": "publicado|publicado el|publicado en|fecha|creado|creado el|fecha de publicación",
        "it": "pubblicato|pubblicato il|data|data di pubblicazione",
        "pt": "publicado|publicado em|publicado a|data|postado em|data de publicação|criado em",
        "nl": "gepubliceerd|gepubliceerd op|geplaatst op|geplaatst|datum",
        "pl": "opublikowano|data publikacji|dodano|data|utworzono",
        "sv": "publicerad|publicerat|publicerad den|publicerades",
        "da": "udgivet|offentliggjort|publiceret|publisert",
        "fi": "julkaistu|julkaisupäivä",
        "ru": "опубликовано|дата публикации|дата|добавлено",
        "tr": "yayınlanma|yayınlanma tarihi|yayın tarihi|giriş tarihi|giriş|tarih",
        "id": "diterbitkan|dipublikasikan|diterbitkan pada|tanggal|terbit",
        "ja": "公開日|公開|投稿日|掲載日|配信",
        "ko": "입력|등록|작성일|게시일|승인",
        "zh": "发布时间|发布于|发表于|发布日期|發布時間|時間|日期|发布",
        "ar": "نشر في|نُشر في|تاريخ النشر|نشر بتاريخ",
        "hi": "प्रकाशित|प्रकाशन तिथि|पब्लिश",
        "vi": "ngày đăng|đăng ngày|xuất bản",
        "hu": "megjelent|közzétéve",
        "he": "פורסם|פורסם ב|תאריך פרסום",
    },
    "updated": {
        "en": "updated|updated on|updated at|last updated|last updated on|last update|last modified"
        "|last modified on|modified|modified on|updated date|date updated|last edited|last reviewed"
        "|last reviewed on|reviewed on|last revised|revised|edited on|most recently updated|edited"
        "|last updated at|last changed|last checked|content last reviewed|page last reviewed"
        "|page last updated|fact checked on|medically reviewed on|last medically reviewed on"
        "|this page was last updated|this article was last updated|current as of",
        "de": "aktualisiert|aktualisiert am|zuletzt aktualisiert|zuletzt aktualisiert am|letzte"
        " aktualisierung|letztes update|geändert|geändert am|update",
        "fr": "mis à jour le|mis à jour|modifié le|mise à jour|dernière mise à jour|actualisé le",
        "es": "actualizado|actualizado el|última actualización|modificado|actualizada",
        "it": "aggiornato|aggiornato il|aggiornato alle|ultimo aggiornamento|modificato il",
        "pt": "atualizado|atualizado em|atualizado a|última atualização|modificado em",
        "nl": "bijgewerkt|bijgewerkt op|laatst bijgewerkt|laatste update|gewijzigd|aangepast",
        "pl": "zaktualizowano|aktualizacja|ostatnia aktualizacja|data aktualizacji",
        "sv": "uppdaterad|uppdaterat|senast uppdaterad|uppdaterades",
        "da": "opdateret|sidst opdateret|oppdatert",
        "fi": "päivitetty",
        "ru": "обновлено|дата обновления",
        "tr": "güncellenme|güncelleme|son güncelleme|güncelleme tarihi",
        "id": "diperbarui|diupdate",
        "ja": "更新日|更新|最終更新日|最終更新",
        "ko": "수정|업데이트|최종수정",
        "zh": "更新时间|更新于|更新時間|更新",
        "ar": "آخر تحديث|تم التحديث|تحديث",
        "hi": "अपडेट|अपडेटेड|अंतिम अपडेट",
        "vi": "cập nhật|cập nhật lúc|cập nhật lần cuối",
        "hu": "frissítve",
        "he": "עודכן|עודכן ב|עדכון אחרון",
    },
    "helper": {
        "en": "reviewed by|medically reviewed by|fact checked by|fact-checked by|edited"
        " by|photos by"
        "|photo by|photography by|illustrated by|illustration by|translated by|verified by"
        "|technically reviewed by|expert reviewed by|clinically reviewed by|photographs by|editor"
        "|legally reviewed by|scientifically reviewed by|approved by|video by|produced by"
        "|written and reviewed by|medical reviewer|reviewer|graphics by|checked by|updated by"
        "|last updated by|additional reporting by|images by|narrated by|read by|hosted by",
        "de": "foto|fotos|fotos von|foto von|übersetzt von|bearbeitet von",
        "fr": "photo|photos|traduit par|photographie",
        "es": "foto|fotos|traducido por|editado por|revisado por",
        "it": "foto|foto di|tradotto da",
        "pt": "foto|fotos|editado por|revisado por|traduzido por",
        "nl": "foto|foto's|vertaald door|beeld",
        "sv": "foto|bild|redaktör",
        "da": "foto|redigeret af",
        "fi": "kuva|kuvat",
        "pl": "fot|zdjęcia|tłumaczenie",
        "ja": "写真|編集|撮影",
        "zh": "编辑|編輯|责任编辑|責任編輯|校对|摄影|攝影",
    },
    "source": {
        "en": "source|via|published in|originally published in|from|originally appeared on",
        "de": "quelle",
        "fr": "source",
        "es": "fuente",
        "it": "fonte",
        "pt": "fonte",
        "nl": "bron",
        "pl": "źródło",
        "sv": "källa",
        "fi": "lähde",
        "ru": "источник",
        "tr": "kaynak",
        "id": "sumber",
        "ja": "出典",
        "ko": "출처",
        "zh": "来源|來源",
    },
}
"""What a label announces, then language, then labels joined by bars."""

TAG_LABELS = frozenset(
    "tags|tag|tagged|tagged with|tagged as|tagged in|tagged under|topics|filed under|post tags"
    "|article tags|related topics|keywords|related tags|topic|schlagwörter|schlagworte|themen"
    "|stichwörter|mots-clés|mots clés|étiquettes|etiquetas|temas|palabras clave|parole chiave"
    "|argomenti|etichette|palavras-chave|assuntos|trefwoorden|onderwerpen|tagi|słowa kluczowe"
    "|taggar|ämnen|nyckelord|avainsanat|aiheet|asiasanat|теги|метки|ключевые слова|etiketler"
    "|kata kunci|タグ|キーワード|태그|标签|標籤|关键词|關鍵詞".split("|")
)

GENERIC = frozenset(
    "background introduction intro overview conclusion conclusions summary history abstract preface"
    " prologue epilogue contents takeaways takeaway highlights highlight references methodology"
    " method methods results discussion context motivation prerequisites disclaimer faq faqs"
    " about description details definition objective objectives purpose scope requirements"
    " tldr recap findings notes note update updates acknowledgements acknowledgments appendix"
    " problem solution transcript synopsis outline schedule ingredients instructions directions"
    " welcome home menu"
    " einleitung hintergrund überblick zusammenfassung fazit geschichte inhalt inhaltsverzeichnis"
    " einführung contexte résumé conclusión introducción resumen historia antecedentes contenido"
    " introduzione conclusione conclusioni sommario riassunto storia introdução conclusão resumo"
    " inleiding samenvatting conclusie geschiedenis achtergrond wstęp podsumowanie wprowadzenie"
    " inledning sammanfattning slutsats bakgrund johdanto yhteenveto tausta введение заключение"
    " вывод выводы итоги giriş sonuç özet pendahuluan kesimpulan ringkasan はじめに 概要 まとめ"
    " 背景 引言 结论 摘要 前言 서론 결론 개요 요약".split()
)
"""What sections are called in any article; no title by themselves."""

GENERIC_LINES = frozenset(
    "key takeaways|key points|key facts|key findings|at a glance|in short|in brief|in this article"
    "|in this post|in this guide|what you need to know|what to know|what to expect|quick summary"
    "|executive summary|table of contents|tl;dr|too long; didn't read|the bottom line|bottom line"
    "|final thoughts|main points|quick facts|fast facts|editor's note|original paper|safety alert"
    "|important notice|the basics|getting started|what happened|why it matters|the big picture"
    "|what is it|our verdict|on this page|quick links|quick answer|the problem|the solution"
    "|the short answer|a brief history|read more|more information|das wichtigste in kürze"
    "|auf einen blick|à retenir|l'essentiel|en bref|en resumen|en breve|in breve|em resumo"
    "|in het kort|w skrócie|i korthet|the essentials|what's new|before you begin|case study"
    "|frequently asked questions|press release|research article|review article|original research"
    "|cautionary tale".split("|")
)

FIRST_WORDS = frozenset(
    "a an the some our my your brief short quick key final main general full".split()
)
"""What may stand before the generic word of a section heading."""
AFTER_GENERIC = frozenset("of to on and for in behind about & : - by with from into".split())

NOT_NAMES = frozenset(
    "home news sport sports world business politics opinion culture health science technology tech"
    " video videos photos gallery live more menu search login subscribe newsletter contact about"
    " privacy policy terms share comments comment read watch listen print email facebook twitter"
    " instagram linkedin youtube pinterest whatsapp reddit telegram tiktok threads blog articles"
    " article guide guides how what why when where who which the a an and or of in on for with to"
    " from your our my best top new latest popular featured related trending breaking special"
    " report reports story stories page posted published updated written reviewed edited reading"
    " time min mins minute minutes hour hours day days week weeks month year years ago january"
    " february march april june july august september october november december monday tuesday"
    " wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec"
    " editorial team staff editor writer author authors contributor reporter correspondent desk"
    " advertisement ad ads sponsored affiliate disclosure skip content main navigation table"
    " contents key takeaways summary introduction overview conclusion follow us sign up log"
    " register account cart shop store buy free get download learn view see all show next previous"
    " back copy link save bookmark like reply photo image credit getty images source media press"
    " marketing digital design software data security cloud web app apps mobile online social"
    " finance money investing insurance travel food recipes fitness nutrition lifestyle education"
    " research university college school company services solutions products product pricing"
    " reviews review tips trends category categories tags topics resources support help faq home"
    " united states america american english español deutsch français estate real care home garden"
    " art arts music movies entertainment fashion beauty style events community careers jobs"
    " podcast podcasts magazine journal weekly daily post times today network international"
    " national local global market markets economy industry environment climate energy sales"
    " customer management development strategy planning mental physical wellness yoga meditation"
    " click here try start started open close quick links site map toggle caption small big"
    " personal professional public general government north south east west city state county"
    " not is are was be this that these those it its we you he she they i all any no yes"
    " startseite politik wirtschaft kultur gesellschaft wissen ratgeber panorama nachrichten"
    " kommentare teilen drucken merken foto quelle bild video mehr lesen der die das und von mit"
    " für accueil actualités économie société monde culture partager commentaires le la les et de"
    " inicio noticias economía sociedad deportes compartir el los las cronaca esteri economia"
    " spettacoli condividi il lo gli".split()
) - {"may", "art", "de", "von", "la", "le", "mark", "page", "will", "bill", "el"}
"""Words that stand in headings and labels far more often than in people's names."""

PARTICLES = frozenset(
    "de da do dos das del della di van von der den ter ten la le el al bin ibn bint af av"
    " du des mac mc st san".split()
)

CREDENTIALS = frozenset(
    "phd ph.d ph.d. md m.d m.d. rd rdn ms m.s. ma mba jd esq cfp cfa cpa rn np dds dvm do psyd lcsw"
    " msc bsc mph facp cscs cpt nasm-cpt ldn fand dr dr. prof prof. edd lmft cissp pmp pe cdn crnp"
    " dpt faap mbbs m.s m.a ba b.a. bs b.s. jr jr. sr sr. ii iii cdces cssd cns".split()
)

ROLE_WORDS = frozenset(
    "editor writer reporter correspondent author contributor contributing columnist staff senior"
    " junior chief managing deputy associate assistant executive freelance journalist producer"
    " director manager founder co-founder ceo cto coo president vice head lead specialist analyst"
    " expert professor lecturer researcher strategist consultant editorial news tech science health"
    " business politics sports guest bureau copywriter blogger marketing content international"
    " national political investigative personal finance money features digital redakteur"
    " redakteurin"
    " korrespondent korrespondentin journaliste redacción redactor redactora giornalista".split()
)

INSTITUTION_WORDS = frozenset(
    "college university department ministry institute school faculty agency office centre center"
    " council committee commission foundation association hochschule universität institut"
    " ministerium fakultät behörde stiftung verein université ministère faculté école fondation"
    " universidad ministerio instituto facultad fundación università ministero istituto facoltà"
    " universidade ministério faculdade fundação universiteit ministerie instituut uniwersytet"
    " ministerstwo instytut universitet ministeriet institutet yliopisto ministeriö университет"
    " министерство институт üniversitesi bakanlığı universitas kementerian".split()
)
"""What people work at: no part of a person's name."""

OUTLET_WORDS = frozenset(
    "times post news herald tribune journal gazette chronicle observer guardian telegraph mirror"
    " press daily weekly magazine review report reporter wire radio tv television broadcasting"
    " today insider bulletin courier dispatch examiner globe mail star sun standard sentinel blog"
    " media network online digest monitor independent inquirer register record world zeitung"
    " nachrichten anzeiger rundschau kurier presse tagblatt spiegel journal monde figaro diario"
    " periódico gazzetta corriere giornale jornal folha krant dagblad nieuws gazeta dziennik"
    " tidning tidningen sanomat uutiset новости газета haber gazetesi tempo kompas 新聞 新闻 日報"
    " 뉴스 일보".split()
)
