"""Amounts of money, in yuan. A bare number counts only where its surroundings speak of money."""

import re
from decimal import Decimal
from typing import Iterator, List, Optional, Union

from nlu.entities.found import Found
from nlu.entities.numerals import NUMERAL, UNITS, parse

_CURRENCY = r"(?:块钱|块|元整|元|圆|人民币|yuan|rmb|cny|kuai)(?![a-z])"
_FOREIGN = r"(?:美元|美金|欧元|日元|港币|港元|英镑|韩元|卢布|usd|dollars?|euros?|pounds?)"
_COUNTED = (
    r"(?:个|名|人|家|户|位|条|份|套|件|只|台|辆|张|本|次|岁|天|日|号|周|年|月|小时|分钟|分|秒|点|米|公里|里|平|亩|吨|斤|公斤|克|升|"
    r"字|种|步|页|层|楼|栋|单元|室|路|度|倍|届|期|门|班|级|%|分之|多(?:个|人|名|家|天|年|岁)|"
    r"\s?(?:people|persons?|years?|months?|days?|hours?|weeks?|minutes?|times|km|kg|sqm|square|am|pm|employees|staff|workers|"
    r"jobs?|positions?|vacanc)|[a-z\d])"
)
_CUE = (
    r"(?:花|花了|花费|费用|药费|医药费|住院费|医疗费|学费|共|一共|总共|合计|总计|总额|金额|额度|工资|月薪|年薪|时薪|底薪|薪资|薪水|薪酬|待遇|收入|"
    r"营业额|销售额|营收|流水|利润|价|卖|卖了|挣|挣了|赚|赚了|缴|缴了|交|交了|付|付了|扣|扣了|报了|到手|余额|退休金|养老金|罚款|罚|奖金|开|"
    r"salary|wages?|pay|paid|paying|earn|earns|earning|income|costs?|bill|bill of|spent|amount|total|turnover|"
    r"sales|revenue)"
)
_BOUND = (
    r"(?:至少|最少|最低|不低于|不少于|起码|高于|低于|超过|大于|小于|少于|不超过|"
    r"at least|min|min\.|minimum|over|above|more than|under|below|less than|up to|max|maximum|no less than)"
)
_FILLER = (
    r"(?:是|有|在|要|得|为|到|约|大概|大约|差不多|将近|快|近|了|:|,|\s|"
    r"of|is|was|are|about|around|roughly|approximately|me)*"
)
_RANGE = (
    r"\s?(?:以上|往上|朝上|起步|起|以下|以内|往下|左右|上下|出头|多点|"
    r"or more|or above|or less|and up|and above|\+|plus(?![a-z])|"
    r"(?:per|a|every|/) ?(?:month|year|mo)(?![a-z])|/月|/年|每月|每年|一个月|一年|月薪)"
)
_WORD_UNITS = {"hundred": 100, "thousand": 1000, "grand": 1000, "million": 10**6}

_AMOUNT = re.compile(
    rf"(?P<sign>[¥]|(?:rmb|cny|人民币)\s?)?(?P<number>{NUMERAL})"
    rf"(?P<words>\s?(?:hundred|thousand|grand|million)(?![a-z]))?(?P<about>多|来|几)?(?P<unit>\s?{_CURRENCY})?"
)
_CHANGE = re.compile(r"([一二两三四五六七八九\d])(?:毛|角)?(?![\d年月日号个天次人斤份位万千百十])")
_BEFORE = re.compile(rf"(?:(?P<money>{_CUE})|(?P<bound>{_BOUND})){_FILLER}$")
_SPAN_TO = re.compile(rf"\s?(?:-|~|—|到|至|to)\s?(?P<number>{NUMERAL})(?P<unit>\s?{_CURRENCY})?")
_BETWEEN = re.compile(r"\s?(?:-|~|—|到|至|to)\s?")
_COUNTED_AFTER = re.compile(rf"{_COUNTED}|\s?{_FOREIGN}")
_RANGE_AFTER = re.compile(_RANGE)
_LARGE_UNIT = re.compile(r"[百佰千仟万亿wk]")
_UNIT_FIRST = re.compile(r"^[百佰千仟万亿]")
_LARGEST = Decimal(10) ** 12


def find_money(text: str) -> List[Found]:
    """Find the amounts in a normalised text; the value is yuan, as a number."""
    return list(_found(text))


def _found(text: str) -> Iterator[Found]:
    position, previous = 0, -1
    while True:
        match = _AMOUNT.search(text, position)
        if match is None:
            return
        position = match.end()
        value = _value(match)
        after_money = previous >= 0 and bool(_BETWEEN.fullmatch(text, previous, match.start()))
        if value is None or not _standing_alone(text, match):
            continue
        if not after_money and not _is_money(text, match, value):
            continue
        end = (
            match.end() if match.group("unit") else match.end("about") if match.group("about") else match.end("number")
        )
        if match.group("words"):
            end = max(end, match.end("words"))
        change = _CHANGE.match(text, end) if match.group("unit") and match.group("unit").strip() == "块" else None
        if change:  # 三块五 is 3.5
            value += parse(change.group(1)) / Decimal(10)  # type: ignore[operator]
            end = change.end()
        value = _in_unit_of_range(text, match, value)
        position = previous = end
        yield Found(match.start(), end, "money", number(value))


def _in_unit_of_range(text: str, match: "re.Match[str]", value: Decimal) -> Decimal:
    """Give the lower end of a range the upper end's unit: 8-10k is 8,000 to 10,000."""
    span = _SPAN_TO.match(text, match.end("number"))
    shared = span and re.search(r"[万wk千]$", span.group("number"))
    if shared and not _LARGE_UNIT.search(match.group("number")) and value < 100:
        return value * UNITS[shared.group()]
    return value


def number(value: Decimal) -> Union[int, float]:
    """Return the amount as a JSON number, rounded to fen."""
    rounded = value.quantize(Decimal("0.01"))
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def _value(match: "re.Match[str]") -> Optional[Decimal]:
    value = parse(match.group("number"))
    if value is not None and match.group("words"):
        value *= _WORD_UNITS[match.group("words").strip()]
    return value if value is not None and value < _LARGEST else None


def _standing_alone(text: str, match: "re.Match[str]") -> bool:
    """Say whether the number is no part of a longer code, an ordinal, or something counted."""
    before = text[match.start() - 1 : match.start()]
    if before and before in "几数" and _UNIT_FIRST.match(match.group("number")):
        return False
    if match.group() == "一块" and not text.startswith("钱", match.end()):  # together
        return False
    if before and (before in "第-#./_星周期" or (before.isascii() and before.isalnum())):
        return (
            before == "-"
            and bool(re.search(r"\d-$|[千万百元块wk]-$", text[: match.start()]))
            and not re.search(r"\d{5,}-$|\d-\d+-$", text[: match.start()])
        )
    return bool(match.group("unit")) or not _COUNTED_AFTER.match(text, match.end())


def _is_money(text: str, match: "re.Match[str]", value: Decimal) -> bool:
    if match.group("sign") or match.group("unit"):
        return True
    written = match.group("number")
    if _UNIT_FIRST.match(written):  # 万八 is an amount; 万一, 千万 are not
        return bool(re.fullmatch(r"[万千百][二三四五六七八九]", written)) and not re.match(
            r"[一-鿿]", text[match.end() :]
        )
    if re.search(r"[百佰千仟万亿wk]|半$", written) and (_LARGE_UNIT.search(written)):
        return True
    if match.group("words"):
        return True
    if text.strip() == written:
        return value >= 100 and not re.fullmatch(r"0.*|(?:19|20)\d\d|123\d\d|886|\d{10,}", written)
    return _in_money_context(text, match, value)


def _in_money_context(text: str, match: "re.Match[str]", value: Decimal) -> bool:
    span = _SPAN_TO.match(text, match.end())
    if span and (span.group("unit") or _LARGE_UNIT.search(span.group("number"))):
        return value >= 1
    if re.match(r"\s?[-/:~]\s?\d", text[match.end() :]) and not span:
        return False
    before = _BEFORE.search(text, max(0, match.start() - 24), match.start())
    if before and before.group("money"):
        return value >= 10
    if value < 500 or re.fullmatch(r"(?:19|20)\d\d", match.group("number")):
        return False
    return bool(before) or bool(_RANGE_AFTER.match(text, match.end()))
