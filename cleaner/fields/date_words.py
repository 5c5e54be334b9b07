"""Words that dates are made of, per language. Data only; all in folded form."""

from __future__ import annotations

MONTHS: dict[str, str] = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre"
    " noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro"
    " novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października"
    " listopada grudnia",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta"
    " syyskuuta lokakuuta marraskuuta joulukuuta",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "sk": "januára februára marca apríla mája júna júla augusta septembra októbra"
    " novembra decembra",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie"
    " decembrie",
    "el": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου"
    " οκτωβρίου νοεμβρίου δεκεμβρίου",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "hu": "január február március április május június július augusztus szeptember október november"
    " december",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "ar-maghreb": "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "he": "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
}
"""Language to its twelve month names, as they stand in a date."""

MARKED_MONTHS: dict[str, str] = {
    "hi": "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "hi-2": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर अक्तूबर नवम्बर दिसम्बर",
    "mr": "जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर",
    "bn": "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
}
"""The same in scripts whose letters are followed by marks."""

SHORT_MONTHS: dict[str, str] = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "en-4": "janu febr marc apri may june july augu sept octo nove dece",
    "de": "jan feb mär apr mai jun jul aug sep okt nov dez",
    "de-4": "jän feber mrz apr mai juni juli aug sept okt nov dez",
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "sv": "jan feb mar apr maj jun jul aug sep okt nov dec",
    "ru": "янв фев мар апр мая июн июл авг сен окт ноя дек",
    "tr": "oca şub mar nis may haz tem ağu eyl eki kas ara",
    "id": "jan feb mar apr mei jun jul agu sep okt nov des",
}
"""The same, cut short."""

WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur"
    " thurs fri sat"
    " sun montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so lundi"
    " mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado"
    " domingo lunedì martedì mercoledì giovedì venerdì sabato domenica segunda-feira terça-feira"
    " quarta-feira quinta-feira sexta-feira maandag dinsdag woensdag donderdag vrijdag zaterdag"
    " zondag poniedziałek wtorek środa czwartek piątek sobota niedziela måndag tisdag"
    " onsdag torsdag"
    " fredag lördag söndag maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai"
    " понедельник вторник среда четверг пятница суббота воскресенье pazartesi salı"
    " çarşamba perşembe"
    " cuma cumartesi pazar senin selasa rabu kamis jumat sabtu minggu".split()
)

RELATIVE: tuple[str, ...] = (
    (
        r"(?:about |over )?(?:\d{1,3}|an?|one|two|three)\s?(?:second|sec|minute|min"
        r"|hour|hr|day|week|wk"
        r"|month|year|yr|[hdw])s?\.? ago"
    ),
    r"(?:today|yesterday|just now)(?:,? at \d{1,2}:\d\d(?: ?[ap]m)?)?",
    r"vor \d{1,3} (?:sekunden?|minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?)",
    r"(?:heute|gestern)(?:,? (?:um )?\d{1,2}[:.]\d\d(?: uhr)?)?",
    r"il y a \d{1,3} (?:secondes?|minutes?|heures?|jours?|semaines?|mois|ans?)",
    r"hace \d{1,3} (?:segundos?|minutos?|horas?|días?|semanas?|mes(?:es)?|años?)",
    r"\d{1,3} (?:secondi|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]) fa",
    r"há \d{1,3} (?:segundos?|minutos?|horas?|dias?|semanas?|m[eê]s(?:es)?|anos?)",
    r"\d{1,3} (?:seconden|minu(?:ut|ten)|uur|uren|dag(?:en)?|we(?:ek|ken)|maanden|jaar) geleden",
    r"\d{1,3} (?:minut[ay]?|godzin[ay]?|dni|dzień|tygodni|miesi[ąę]cy|lat) temu",
    r"(?:för )?\d{1,3} (?:minut(?:er)?|timm(?:e|ar)|dag(?:ar)?|veck(?:a|or)|månad(?:er)?|år) sedan",
    r"\d{1,3} (?:minuuttia?|tuntia?|päivää?|viikkoa?|kuukautta) sitten",
    r"\d{1,3} (?:минут[уы]?|час(?:а|ов)?|дн(?:я|ей)|день|недел[юиь]|месяц(?:а|ев)?) назад",
    r"\d{1,3} (?:dakika|saat|gün|hafta|ay|yıl) önce",
    r"\d{1,3} (?:menit|jam|hari|minggu|bulan|tahun) (?:yang )?lalu",
    r"\d{1,3}\s?(?:分|時間|日|週間|か月|ヶ月|年)前",
    r"\d{1,3}\s?(?:분|시간|일|주|개월|년) 전",
    r"\d{1,3}\s?(?:分钟|小时|天|周|个月|分鐘|小時)前",
)
"""Patterns of dates that count from a day the text does not state."""
