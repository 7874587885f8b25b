"""Danger is heard, and everyday words are not taken for it."""

import pytest

from actions._emergency import emergency_in
from actions._words import plain
from tests.actions.chat import Chat


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我家着火了怎么办", "fire"),
        ("楼下起火了快来人", "fire"),
        ("家里煤气泄漏了", "fire"),
        ("my kitchen is on fire", "fire"),
        ("老伴突然晕倒了，叫不醒", "medical"),
        ("快叫救护车", "medical"),
        ("he is not breathing", "medical"),
        ("孩子喝了农药", "medical"),
        ("有人在撬我家门", "police"),
        ("我正在被人打劫", "police"),
        ("老公又在打我", "police"),
        ("someone is breaking in", "police"),
        ("我不想活了", "self_harm"),
        ("逼得我想跳楼", "self_harm"),
        ("I want to die", "self_harm"),
        ("I feel like killing myself", "self_harm"),
    ],
)
def test_danger_is_heard(text: str, kind: str) -> None:
    assert emergency_in(plain(text)) == kind


@pytest.mark.parametrize(
    "text",
    [
        "火锅店生意着火爆，怎么办消防许可",
        "消防验收找哪个部门",
        "死亡证明去哪里开",
        "跳楼价大甩卖",
        "这手续烦死了",
        "去年家里着火烧伤住院能报多少",
        "心梗住院花了五万能报多少",
        "我爸中风了怎么申请护理补贴",
        "急救车费用医保报销吗",
        "报警回执怎么开",
        "想死你了",
        "火灾保险赔偿",
        "抢救费能报吗",
        "job as a fire fighter",
        "工资太低活不起",
        "电工触电工伤赔偿",
    ],
)
def test_everyday_words_are_no_danger(text: str) -> None:
    assert emergency_in(plain(text)) is None


@pytest.mark.parametrize("intent", ["job_search", "out_of_scope", "letter_write", "medical_balance"])
def test_danger_comes_before_every_intent_and_topic(chat: Chat, intent: str) -> None:
    chat.slots["topic"] = "job_search"
    reply = chat.say("家里着火了", intent)
    assert "119" in reply["text"]
    assert chat.slots["topic"] == "job_search"
