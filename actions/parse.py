"""What a citizen says beside the entities: schooling, hospital level, kind of insurance, what no longer matters.

Every function takes a plain text (``actions._words.plain``) and returns mentions; none raises, whatever is typed.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from actions._words import Mention, mention

_Rules = tuple[tuple[Any, "re.Pattern[str]"], ...]


def _rules(*pairs: tuple[Any, str]) -> _Rules:
    return tuple((value, re.compile(pattern)) for value, pattern in pairs)


_TEACHER = r"(?!老师|教师|语文|数学|英语|物理|化学|教|学校|部|附近|门口|\s(?:school\s)?teacher)"
_SCHOOLING = _rules(
    ("doctor", r"博士(?:研究生|学历|学位)?|ph\.?d\b|doctorate|doctoral"),
    (
        "master",
        r"硕士(?:研究生|学历|学位)?|(?<!博士)研究生(?:学历|毕业)?|master'?s(?: degree)?|master degree|\b(?:msc|mba)\b",
    ),
    ("college", r"大专(?:学历|毕业)?|专科(?:学历|毕业|生)(?!医院)|高职|associate'?s? degree|junior college"),
    (
        "bachelor",
        r"(?:大学)?本科(?:学历|毕业|生)?|学士|大学(?:学历|毕业)|bachelor'?s?(?: degree)?|undergraduate(?: degree)?|"
        r"(?:university|college) (?:degree|graduate)",
    ),
    ("vocational", r"中专(?:学历|毕业|生)?|中技|技校|职高|职业高中|vocational school|technical school|polytechnic"),
    ("secondary", rf"(?<!初)高中(?:学历|毕业|文化|生)?{_TEACHER}|high school(?: diploma| graduate)?{_TEACHER}"),
    (
        "junior",
        rf"初中(?:学历|毕业|文化|生)?(?!没毕业|未毕业|没念完|没读完){_TEACHER}|(?:middle|junior high) school{_TEACHER}",
    ),
    (
        "none",
        r"小学(?:学历|毕业|文化|水平|程度)|初中(?:没毕业|未毕业|没念完|没读完)|(?:没有?|无)(?:学历|"
        r"文凭|文化)|没(?:读|念|上)过(?:书|学)|不识字|文盲|"
        r"primary school(?: only)?$|no (?:schooling|education|degree|diploma)",
    ),
)
_HOSPITAL_LEVEL = _rules(
    (
        3,
        r"三级(?:甲等|乙等)?(?:医院)?|三甲(?:医院)?|三乙(?:医院)?|省级?医院|(?:level|grade|tier|"
        r"class)[ -]?(?:3a?|three|iii)\b|tertiary|3a hospital|third[ -]level",
    ),
    (
        2,
        r"二级(?:甲等|乙等)?(?:医院)?|二甲(?:医院)?|二乙(?:医院)?|县医院|区医院|(?:level|grade|tier|"
        r"class)[ -]?(?:2a?|two|ii)\b|secondary|second[ -]level",
    ),
    (
        1,
        r"一级(?:甲等)?(?:医院)?|社区(?:医院|卫生服务中心|卫生院)?|(?:乡镇?|镇)?卫生(?:院|所|室|服务中心)|诊所|"
        r"(?:level|grade|tier|class)[ -]?(?:1|one|i)\b|primary(?! school)|community (?:hospital|clinic|"
        r"health cent(?:re|er))|first[ -]level",
    ),
)
_INSURANCE_TYPE = _rules(
    (
        "employee",
        r"职工(?:基本)?(?:医疗保险|医保)?|单位(?:交|买|缴|给交)的?(?:医疗保险|医保)?|"
        r"employee(?: medical)?(?: insurance| scheme)?|worker'?s? insurance",
    ),
    (
        "resident",
        r"(?:城乡)?居民(?:基本)?(?:医疗保险|医保)?(?!身份证)|新农合|农合|合作医疗|学生医保|少儿医保|"
        r"resident(?:s'?|'s)?(?: medical)?(?: insurance| scheme)|\bresident(?:s)?\b|rural (?:insurance|"
        r"scheme)",
    ),
)
_PATIENT_KIND = _rules(
    ("outpatient", r"(?<!不是)门诊(?:看病|手术)?|门特|门慢|急诊|out-?patients?"),
    (
        "inpatient",
        r"住(?:了)?(?:院|\S{1,3}天院)|手术|开刀|in-?patients?|hospitali[sz](?:ed|ation)|in hospital|surgery|operation",
    ),
)
_RETIRED = _rules(
    (False, r"(?:没|未|还没|尚未|没有)退休|在职(?:职工)?|还在上班|not (?:yet )?retired|still working|isn't retired"),
    (
        True,
        r"(?<!没)(?<!未)(?<!没有)(?:已经?)?退(?:休|了休)(?:职工|人员|了)?|"
        r"(?<!not )(?<!not yet )(?<!n't )retired|pensioner|retiree",
    ),
)
_NO_LIMIT = (
    r"(?:都|也|就|全)*(?:不限制?|无所谓|随便|都?行|都?可以|都?成|不要求|不挑|不管|不用管|没要求|没关系|"
    r"不重要|去掉|取消|放宽|不看|不论|不设|拿掉)"
)
_ANY = r"(?:不限制?|不管|不挑|不看|去掉|取消|放开|别管|不要求|不论|不计较|拿掉)(?:哪个|什么|那个)?"
_DROP = (
    r"(?:any|drop(?: the)?|remove(?: the)?|forget(?: the)?|ignore(?: the)?|no limit on(?: the)?|"
    r"no matter (?:which|what)|whatever|regardless of(?: the)?)"
)
_CONDITIONS = {
    "district": (r"(?:哪个|什么|行政)?(?:区域?|地区|地方|地点|位置|城区|区县)", r"(?:district|area|location|place)s?"),
    "salary_min": (r"(?:工资|薪资|薪水|薪酬|月薪|待遇|钱|收入)(?:多少|高低)?", r"(?:salary|pay|wages?|income)"),
    "schooling": (r"(?:学历|文凭|文化程度)(?:要求|高低)?", r"(?:schooling|education|degree|qualifications?)"),
    "occupation": (
        r"(?:什么)?(?:工种|职业|岗位|职位|行业|工作)",
        r"(?:occupation|job|kind of (?:job|work)|trade|profession)s?",
    ),
}
_RELAXED: _Rules = _rules(
    *(
        (
            name,
            rf"{zh}{_NO_LIMIT}|{_ANY}{zh}|(?:{_DROP}) {en}(?: (?:is|will be) (?:fine|ok|okay))?|"
            rf"{en} (?:does ?n[o']t|doesn't) matter|{en} (?:is|are) not important",
        )
        for name, (zh, en) in _CONDITIONS.items()
    ),
    (
        "district",
        r"(?:哪里|哪儿|哪个区|去哪|全市|整个市)(?:都|也)?(?:行|可以|成|无所谓|范围|找)|\banywhere\b|whole city",
    ),
)
_MORE = re.compile(
    r"(?:还有|再来|再看|下一页|更多|后面的?|接着看|继续看)[^没别]{0,4}$|(?:还有|有)(?:没有)?别的|还有(?:吗|没|没有|么)|"
    r"\b(?:show )?more(?: (?:please|jobs|results))?[?.! ]*$|next(?: page)?[.! ]*$|any others\??"
)
_COMPARE = re.compile(
    r"比一比|比较|对比|比下|各级医院|哪[级种]医院(?:划算|报[得的]?多)|报得多|compar(?:e|ison)|which level"
)
_SELF_PAID = re.compile(
    r"自费(?:药品?|项目|部分|的)?|目录外(?:的)?|不(?:能|给)?报的|self[- ]?paid|"
    r"out[- ]of[- ]catalog(?:ue)?|not covered|own expense"
)
_NO_SELF_PAID = re.compile(
    r"(?:没有?|无|不含|没啥)自费|自费(?:的)?(?:没有|为零|是零)|no self[- ]?paid|nothing self[- ]?paid"
)
_CLAUSE = re.compile(r"[，,。；;！!？?]")
_UPPER_BOUND = re.compile(r"以下|以内|不超过|最多|低于|少于|at most|less than|under|below|up to|no more than")
_HIGHER = re.compile(
    r"(?:工资|薪水|待遇|钱|薪资)\S{0,4}(?:高|多)(?:一?点|一?些|的)|(?:高|多)(?:一?点|一?些)(?:的)?(?:工资|薪水|薪资)|"
    r"(?:better|higher|more) (?:paid|pay|salary|wages?|paying)|pays? (?:better|more)"
)
_CORRECTS = re.compile(r"不对|不是|错了|改|换|还是|算了|sorry|oops|meant|instead|rather|actually|\bnot\b")
_BARE_NUMBER = re.compile(r"(?<![\d.])\d{3,7}(?:\.\d{1,2})?(?![\d.]*\d|年|\s?(?:天|个|次|岁|号|月|days?|months?))")
_RESTART = re.compile(
    r"重新(?:找|来|搜|查)|从头(?:找|来)|清空|全部(?:清掉|不要)|start over|clear (?:all|everything)|new search"
)
_YEARLY = re.compile(r"年薪|一年|年收入|(?:a|per) year|annual|yearly")


def _found(kind: str, rules: _Rules, text: str) -> list[Mention]:
    """Return the mentions by these rules, the earlier rule first where two overlap, in the order of the text."""
    kept: list[Mention] = []
    for value, pattern in rules:
        for match in pattern.finditer(text):
            if all(match.end() <= one.start or one.end <= match.start() for one in kept):
                kept.append(mention(kind, value, text, match.start(), match.end()))
    return sorted(kept, key=lambda one: one.start)


def schooling(text: str) -> list[Mention]:
    """Find levels of schooling; the value is one of the vacancies' levels (``none`` ... ``doctor``)."""
    return _found("schooling", _SCHOOLING, text)


def hospital_level(text: str) -> list[Mention]:
    """Find hospital levels; the value is 1, 2 or 3."""
    return _found("hospital_level", _HOSPITAL_LEVEL, text)


def insurance_type(text: str) -> list[Mention]:
    """Find the kind of medical insurance; the value is ``employee`` or ``resident``."""
    return _found("insurance_type", _INSURANCE_TYPE, text)


def patient_kind(text: str) -> list[Mention]:
    """Find in- or outpatient; the value is ``inpatient`` or ``outpatient``."""
    return _found("patient_kind", _PATIENT_KIND, text)


def retired(text: str) -> list[Mention]:
    """Find whether the patient is retired; the value is a bool."""
    return _found("retired", _RETIRED, text)


def relaxed(text: str) -> list[Mention]:
    """Find the search conditions that no longer matter; the value is the condition's name."""
    return _found("relaxed", _RELAXED, text)


def more(text: str) -> list[Mention]:
    """Find a wish to see more of a list."""
    return [Mention("more", True, match.start(), match.end()) for match in _MORE.finditer(text)]


def compare(text: str) -> list[Mention]:
    """Find a wish to compare."""
    return [Mention("compare", True, match.start(), match.end()) for match in _COMPARE.finditer(text)]


def restarts(text: str) -> bool:
    """Say whether the search is to begin anew."""
    return _RESTART.search(text) is not None


def higher_pay(text: str) -> list[Mention]:
    """Find a wish for better pay that names no amount."""
    return [Mention("higher_pay", True, match.start(), match.end()) for match in _HIGHER.finditer(text)]


def corrects(text: str) -> bool:
    """Say whether something said before is put right, so that of two values the last one is meant."""
    return _CORRECTS.search(text) is not None


def bare_numbers(text: str) -> list[Mention]:
    """Find plain numbers of three digits and more, for where a number can only be an amount."""
    return [
        Mention("money", Decimal(match.group()), match.start(), match.end()) for match in _BARE_NUMBER.finditer(text)
    ]


def is_upper_bound(text: str) -> bool:
    """Say whether an amount is meant as the most, not the least."""
    return _UPPER_BOUND.search(text) is not None


def is_yearly(text: str) -> bool:
    """Say whether pay is meant by the year."""
    return _YEARLY.search(text) is not None


def no_self_paid(text: str) -> bool:
    """Say whether the citizen says that nothing was self-paid."""
    return _NO_SELF_PAID.search(text) is not None


def self_paid_of(text: str, money: Sequence[Mention]) -> Mention | None:
    """Return the one of these amounts that is said to be self-paid: the nearest to the word, in the same clause."""
    if no_self_paid(text):
        return None
    breaks = [match.start() for match in _CLAUSE.finditer(text)]
    best: tuple[int, int, Mention] | None = None
    for match in _SELF_PAID.finditer(text):
        for one in money:
            low, high = min(one.end, match.end()), max(one.start, match.start())
            if any(low <= stop < high for stop in breaks):
                continue
            distance = max(one.start - match.end(), match.start() - one.end, 0)
            candidate = (distance, -one.start, one)
            if best is None or candidate[:2] < best[:2]:
                best = candidate
    return best[2] if best else None


def self_paid_words(text: str) -> list[Mention]:
    """Find the words for self-paid items."""
    return [Mention("self_paid_word", True, match.start(), match.end()) for match in _SELF_PAID.finditer(text)]


def said(mentions: Iterable[Mention]) -> Mention | None:
    """Return what was said last and not denied: in a correction the right value comes last."""
    kept = [one for one in mentions if not one.negated]
    return kept[-1] if kept else None
