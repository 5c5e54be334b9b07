"""Reporters as newspapers of East Asia name them, where no space and no capital tells a name.

    홍바다 기자            a name and what it is
    記者林小舟／基隆報導    what it is, a name, and where the report comes from
    文｜林小舟              what was done, and by whom

What stands beside it does.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_KOREAN_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변"
    "염여추도소석선설마길위표명기반왕옥육인맹제모탁"
)
_KOREAN_ROLES = (
    r"(?:[가-힣]{2,4}\s)?(?:선임|인턴|객원|전문|수습|대표|수석)?\s?기자"
    "|특파원|논설위원|칼럼니스트|에디터"
)
_KOREAN_WORDS = (
    "전문|정치|문화|방송|여행|인턴|수습|한국|조선|중앙|동아|현장|선임|현직|소속|담당|주재"
)
"""Words that begin like a surname, and stand before "reporter" as well."""
_HAN_SURNAMES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董袁潘"
    "于余叶葉蔡杜苏蘇魏程吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付傅方白邹鄒孟熊秦邱江尹薛闫閻段雷侯"
    "龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴武戴莫孔向汤湯洪游凌柯鄞詹施簡简翁葛庄莊殷"
)
_HAN = r"[\u4e00-\u9fff]"
_NAME = rf"[{_HAN_SURNAMES}]{_HAN}{{1,3}}"
_BETWEEN = r"\s?[、．·・,，]\s?|\s"
_MAIL = r"(?:\s?[(\[]?[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,20}){1,3}[)\]]?)?"

_KOREAN = re.compile(
    rf"(?<!\w)(?:기자명\s)?(?P<names>(?!(?:{_KOREAN_WORDS})\s)[{_KOREAN_SURNAMES}][가-힣]{{1,3}}"
    rf"(?:[·ㆍ,]\s?[{_KOREAN_SURNAMES}][가-힣]{{1,3}}){{0,3}})"
    rf"\s(?P<role>(?:{_KOREAN_ROLES}){_MAIL})(?!\w)"
)
_FILED = re.compile(
    rf"(?P<label>(?:本報)?(?:特派|特約)?[記记]者)\s?"
    rf"(?P<names>{_HAN}{{2,4}}(?:[、．·・]{_HAN}{{2,4}}){{0,3}})\s?"
    rf"(?P<role>[／/]\s?{_HAN}{{2,8}}[報报][導导道]|[／/]\s?{_HAN}{{2,6}}電)"
)
_LABELLED = re.compile(
    rf"(?<!\w)(?P<label>(?:本[报報])?(?:特[约約派])?[记記]者|通[讯訊][员員]|撰[文稿]|采写|採訪|文)"
    rf"(?:\s?[|｜/／:：丨]\s?|\s)(?P<names>{_NAME}(?:(?:{_BETWEEN}){_NAME}){{0,3}})"
    r"(?:\s?(?P<role>(?:综合|綜合)?(?:报道|報[導道]|整理)|[摄攝]))?(?!\w)"
)
_ONE = re.compile(r"[가-힣]{2,4}|[\u4e00-\u9fff]{2,4}")


class Reporters(NamedTuple):
    """A stretch of a line that names who reports.

    Attributes:
        start, end: the stretch.
        label: what announces the names; empty where nothing stands before them.
        names: each of them.
        role: what stands behind them and belongs to them: "기자", "／基隆報導"; may be empty.
    """

    start: int
    end: int
    label: tuple[int, int]
    names: tuple[tuple[int, int], ...]
    role: tuple[int, int]


def find_reporters(text: str) -> list[Reporters]:
    """Who reports, by a short text in Korean or Chinese, in order."""
    if text.isascii():
        return []
    found: list[Reporters] = []
    if any(word in text for word in ("기자", "특파원", "논설위원", "칼럼니스트", "에디터")):
        found += [_found(match) for match in _KOREAN.finditer(text)]
    if any(word in text for word in "者文撰员員采採"):
        for pattern in (_FILED, _LABELLED):
            found += [
                _found(match)
                for match in pattern.finditer(text)
                if not any(match.start() < f.end and f.start < match.end() for f in found)
            ]
    return sorted(found)


def _found(match: re.Match[str]) -> Reporters:
    start = match.start("names")
    label = match.span("label") if "label" in match.re.groupindex else (match.start(),) * 2
    role = match.span("role") if match["role"] else (match.end(),) * 2
    names = tuple((start + m.start(), start + m.end()) for m in _ONE.finditer(match["names"]))
    return Reporters(match.start(), match.end(), label, names, role)
