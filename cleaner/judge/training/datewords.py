"""The words that dates and times of day are made of, in all known languages."""

from __future__ import annotations

from cleaner.fields.date_words import MONTHS, SHORT_MONTHS, WEEKDAYS

_YEARS = range(1990, 2050)
_UNITS = """
ago am pm yesterday today hour hours hr hrs minute minutes min mins day days week weeks wk month
months mo vor uhr gestern heute stunde stunden minuten tag tage tagen woche wochen monat monate
monaten jahr jahren aujourd'hui heure heures jour jours semaine semaines mois hace ayer hoy hora
horas minutos día días semana semanas meses años fa ieri oggi ore minuti giorni settimana
settimane mesi anni há ontem hoje dias geleden gisteren vandaag uur uren minuten dagen weken
maanden temu wczoraj dzisiaj godzin godziny minut dni sedan igår idag timmar timme minuter dagar
veckor sitten eilen tänään tuntia minuuttia päivää viikkoa назад вчера сегодня часов часа час
минут минуты дней дня недель önce dün bugün saat dakika gün hafta lalu kemarin hari jam menit
minggu bulan 年 月 분 시간 년 월
"""


def date_words() -> list[str]:
    """Months, days of the week, years, and the units and words of "two hours ago"."""
    names = [w for table in (MONTHS, SHORT_MONTHS) for line in table.values() for w in line.split()]
    # Weekdays of two letters are other words too.
    days = [day for day in WEEKDAYS if len(day) > 2]
    return sorted({*names, *days, *_UNITS.split(), *map(str, _YEARS)})
