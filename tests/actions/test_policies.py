"""Offices, departments and the areas to come."""

import pytest

from actions import later
from tests.actions.chat import Chat


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[东湖](district:东湖区)的政务大厅周六开不开门", "东湖区政务服务大厅：周六 9:00-12:00"),
        ("市民中心中午休息吗", "安澜市政务服务大厅：中午不休息"),
        ("医保中心在哪", "康宁路5号"),
        ("人才市场电话多少", "0900-5550210"),
        ("星期天开门吗，[西岭](district:西岭区)政务大厅", "没有星期天"),
        ("政务大厅今天开门吗", "星期一"),
        ("when does the service hall in [nangang](district:南港区) open", "Nangang Service Hall"),
    ],
)
def test_offices(chat: Chat, text: str, expected: str) -> None:
    assert expected in chat.say(text, "office_info")["text"]


def test_the_same_office_is_spoken_of_until_another_is_named(chat: Chat) -> None:
    chat.say("[东湖](district:东湖区)的政务大厅周六开不开门", "office_info")
    assert "东湖区政务服务大厅" in chat.say("第二个没说清楚，中午休息吗", "dissatisfied", 0.4)["text"]
    assert "南港区政务服务大厅" in chat.say("那[南港](district:南港区)的呢", "inform")["text"]
    assert "12:00-13:30" in chat.say("午休几点", "office_info")["text"]


def test_a_place_that_the_data_lacks_is_admitted(chat: Chat) -> None:
    reply = chat.say("公证处几点上班", "office_info")
    assert "没有单独的资料" in reply["text"]
    assert "12345" in reply["text"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("路灯坏了哪个单位负责", "城市管理局"),
        ("楼下烧烤噪声和油烟归谁管", "生态环境局"),
        ("[教育局](department:教育局)主要职责", "中小学"),
        ("开发商欠薪找谁", "人力资源和社会保障局"),
        ("who is responsible for street lamps", "Urban Management Bureau"),
        ("外星人归谁管", "没有把握"),
    ],
)
def test_departments(chat: Chat, text: str, expected: str) -> None:
    assert expected in chat.say(text, "department_info")["text"]


@pytest.mark.parametrize("intent", sorted(later.AREA_OF))
def test_areas_to_come_are_said_honestly_with_a_telephone(chat: Chat, intent: str) -> None:
    zh = chat.say("我想办这个", intent)["text"]
    assert "0900-" in zh
    assert "以后" in zh
    en = chat.say("I would like to do this please", intent)["text"]
    assert "later" in en
    assert "0900-" in en


def test_a_policy_question_goes_to_the_department_that_knows(chat: Chat) -> None:
    assert "住房公积金管理中心" in chat.say("公积金提取要什么条件", "ask_policy")["text"]
    assert "司法局" in chat.say("这个政策怎么规定的呀", "ask_policy")["text"]
