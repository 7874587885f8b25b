"""Danger to life comes first, whatever the intent. The word lists are narrow: a false alarm costs trust."""

import re

from actions._turn import Reply, Turn

_PAST_OR_PAPERWORK = (
    r"去年|前年|上个?月|上周|之前|以前|那次|后来|曾经|报销|报多少|能报|赔|保险|补偿|补贴|救助金|津贴|"
    r"待遇|证明|隐患|演练|培训|许可|手续|鉴定|"
    r"预防|责任|复印|档案|申请|办理|insurance|reimburs|certificate|last (?:year|month|week)|permit|"
    r"licen[cs]e|compensat|prevent"
)
_KINDS = (
    (
        "fire",
        r"(?:着|起|失)火了|(?:家|楼|厨房|隔壁|车|房子|房间|屋|仓库|厂|店|工地)\S{0,4}(?:着火|起火|"
        r"失火)(?!爆)|发生(?:了)?火灾|快来救火|"
        r"(?:煤气|燃气|天然气)(?:正在)?(?:泄漏|漏气|漏了|泄露)|(?:house|home|building|kitchen|flat|"
        r"apartment|car|room|it)(?: is|'s)? on fire|"
        r"there(?: is|'s) a fire|gas (?:is )?leak",
        _PAST_OR_PAPERWORK + r"|消防",
    ),
    (
        "medical",
        r"晕倒|昏倒|昏迷|叫不醒|(?:没|没有)呼吸|呼吸不了|喘不(?:上|过)气|心脏骤停|心梗发作|突然(?:中风|"
        r"抽搐|不能动)|大出血|血流不止|止不住血|"
        r"喝了?农药|触电了|溺水|煤气中毒|噎住了|(?:叫|要|派|打)(?:一?[辆个])?(?:救护车|120)|需要急救|"
        r"胸口\S{0,3}(?:疼|痛|闷)得(?:厉害|不行|受不了)|"
        r"having a (?:heart attack|stroke)|(?:can't|cannot) breathe|(?:not|stopped) breathing|"
        r"unconscious|(?:call|need) an ambulance|"
        r"bleeding (?:heavily|badly)|collapsed|overdos",
        _PAST_OR_PAPERWORK + r"|费用|花了|多少钱|医保|哪家医院|科室|(?<!农)药|cost|hospital bill|drug",
    ),
    (
        "police",
        r"(?:正在|正)(?:被人?|有人)?(?:抢|打劫|追杀|绑架|打我|砍|行凶|跟踪)|有人(?:正|正在|要|在)?(?:抢劫|"
        r"抢我|打我|拿刀|持刀|砍人|杀人|杀我|跟踪我|撬我?家?门|"
        r"闯进)|(?:刚|被人|我被)(?:抢了|抢劫|绑架|劫持)|(?:老公|丈夫|男人|他|她|男朋友)(?:正在|又在|在|"
        r"又)打我|救命啊|^救命[!！]*$|(?:我要|怎么|帮我|快)报警|"
        r"being (?:robbed|attacked|followed|stalked|beaten)|someone (?:is|'s) (?:breaking in|attacking|"
        r"robbing|following)|call the police|"
        r"(?:is|'s|keeps) (?:beating|hitting|hurting) me",
        _PAST_OR_PAPERWORK + r"|回执|笔录|案件|记录",
    ),
    (
        "self_harm",
        r"不想活|活不下去|(?<!别)想死(?!你|我|他|她|机)|自杀|轻生|想不开|结束(?:自己的?)?(?:生命|一切)|"
        r"割腕|(?:想|要|去|准备)跳(?:楼|河|江|桥)|死了算了|"
        r"kill(?:ing)? (?:myself|himself|herself)|suicid|end my life|want to die|(?:don't|do not) want to live|"
        r"hurt myself|self[- ]harm",
        r"跳楼[价机]|自杀式|死亡证明|自杀(?:险|保险|赔|率|统计)|大甩卖|suicide rate",
    ),
)
_RULES = tuple((kind, re.compile(words), re.compile(unless)) for kind, words, unless in _KINDS)


def emergency_in(text: str) -> str | None:
    """Return which danger a plain text tells of (``fire``, ``medical``, ``police``, ``self_harm``), or ``None``."""
    for kind, words, unless in _RULES:
        if words.search(text) and not unless.search(text):
            return kind
    return None


def answer(turn: Turn) -> Reply | None:
    """Return the number to call now, or ``None`` when nobody is in danger."""
    kind = emergency_in(turn.text)
    return Reply(turn.say(f"emergency.{kind}")) if kind else None
