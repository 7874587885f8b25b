"""The search for vacancies, the labour market, guidance."""

import pytest

from actions._services import Services
from tests.actions.chat import Chat


def conditions(reply: dict) -> str:
    return str(reply["text"]).split("“")[1].split("”")[0]


def test_cards_are_five_and_more_shows_the_rest(chat: Chat) -> None:
    first = chat.say("找个[电工](occupation)的活", "job_search")
    assert (len(first["custom"]["items"]), first["custom"]["total"]) == (5, 13)
    assert first["custom"]["more"] == {"title": "再看几个（还有8个）", "payload": "更多"}
    assert all(item["title"] in first["text"] for item in first["custom"]["items"])
    chat.say("更多", "out_of_scope")
    last = chat.say("更多", "inform")
    assert "第11到第13个" in last["text"]
    assert "more" not in last["custom"]
    assert "都给您看过了" in chat.say("更多", "inform")["text"]


def test_nothing_found_offers_what_to_relax_and_the_button_works(chat: Chat) -> None:
    reply = chat.say("[青禾](district:青禾县)的[电工](occupation)", "job_search")
    assert "没有找到" in reply["text"]
    assert [one["title"] for one in reply["buttons"]] == ["工种不限（1个）", "区不限（13个）"]
    assert all(one["title"] in reply["text"] for one in reply["buttons"])
    assert conditions(chat.say(reply["buttons"][1]["payload"], "cancel")) == "电工"


def test_nothing_to_relax_names_the_job_centre(chat: Chat, services: Services) -> None:
    services.backoffice.employment.relaxed = lambda query: []  # type: ignore[method-assign]
    assert "0900-5550210" in chat.say("[宇航员](occupation:宇航员)", "job_search")["text"]


def test_a_search_without_conditions_asks_one_question(chat: Chat) -> None:
    reply = chat.say("我想找工作", "job_search")
    assert "您想做哪一行" in reply["text"]
    assert "没能对上" not in reply["text"]


def test_wishes_that_cannot_be_searched_by_are_admitted(chat: Chat) -> None:
    assert "没能对上" in chat.say("找个程序猿的工作", "job_search")["text"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[8](money:8000)-[10k](money:10000)", "月薪能到8000元"),
        ("年薪[12万](money:120000)", "月薪能到10000元"),
        ("[七千](money:7000)以上", "月薪能到7000元"),
    ],
)
def test_pay(chat: Chat, text: str, expected: str) -> None:
    chat.say("找个[电工](occupation)的活", "job_search")
    assert expected in conditions(chat.say(text, "inform"))


def test_an_upper_bound_is_not_taken_for_the_least(chat: Chat) -> None:
    chat.say("找个[电工](occupation)的活", "job_search")
    reply = chat.say("不超过[八千](money:8000)的", "job_search")
    assert "月薪能到" not in reply["text"]
    assert "没有按“最多”筛" in reply["text"]


def test_pay_by_the_day_is_asked_by_the_month(chat: Chat) -> None:
    assert "一个月想要多少" in chat.say("一天[二百](money:200)的[保安](occupation)", "job_search")["text"]


def test_only_denying_the_district_drops_it(chat: Chat) -> None:
    chat.say("[东湖](district:东湖区)的[电工](occupation)", "job_search")
    assert conditions(chat.say("[东湖](district:东湖区)太远了", "dissatisfied")) == "电工"


def test_two_districts_at_once_are_shown_one_by_one(chat: Chat) -> None:
    chat.say("找个[电工](occupation)的活", "job_search")
    reply = chat.say("[南港](district:南港区)或者[东湖](district:东湖区)的", "out_of_scope")
    assert conditions(reply) == "电工、南港区"
    assert "一次只能看一个区" in reply["text"]
    assert "看东湖区的" in [one["payload"] for one in reply["buttons"]]
    assert conditions(chat.say("错了，不是[南港](district:南港区)是[西岭](district:西岭区)", "deny")) == "电工、西岭区"


def test_better_pay_without_an_amount_is_asked_for(chat: Chat) -> None:
    chat.say("找个[电工](occupation)的活，[七千](money:7000)以上", "job_search")
    reply = chat.say("工资有没有高点的", "nlu_fallback")
    assert [one["payload"] for one in reply["buttons"]] == ["8000元以上", "9000元以上", "11000元以上"]


def test_starting_over(chat: Chat) -> None:
    chat.say("[东湖](district:东湖区)的[电工](occupation)", "job_search")
    assert conditions(chat.say("重新找，[保安](occupation)", "job_search")) == "保安"


def test_another_topic_leaves_the_search_and_a_new_search_starts_fresh(chat: Chat) -> None:
    chat.say("[东湖](district:东湖区)的[电工](occupation)", "job_search")
    assert "政务服务大厅" in chat.say("[东湖](district:东湖区)政务大厅几点下班", "office_info")["text"]
    assert conditions(chat.say("有没有[保安](occupation)的工作", "job_search")) == "保安"


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("reimbursement_estimate", "[三万五](money:35000)能报多少"),
        ("tax_estimate", "卖[六万](money:60000)要交多少税"),
        ("drug_info", "[二甲双胍](drug)能报吗"),
        ("medical_balance", "我医保卡里还剩多少钱"),
    ],
)
def test_a_clear_request_of_another_kind_wins(chat: Chat, intent: str, text: str) -> None:
    chat.say("[东湖](district:东湖区)的[电工](occupation)", "job_search")
    assert "岗位" not in chat.say(text, intent)["text"]


def test_the_market_carries_the_occupation_over(chat: Chat) -> None:
    chat.say("找个[电工](occupation)的活", "job_search")
    reply = chat.say("这个工种平均工资多少", "job_search")
    assert reply["custom"]["type"] == "chart"
    assert "中位数是每月6400元" in reply["text"]
    assert "涨了6.7%" in reply["text"]
    assert reply["custom"]["series"][0]["values"] == [6000, 6100, 6200, 6300, 6400]
    assert "不能随便说" in chat.say("那[焊工](occupation)呢", "inform")["text"]


def test_the_market_overview(chat: Chat) -> None:
    reply = chat.say("现在什么工作好找", "labour_market")
    assert reply["custom"]["type"] == "table"
    assert len(reply["custom"]["rows"]) == 2
    assert "安澜市人力资源市场供求分析" in reply["text"]


def test_no_figures_are_invented(chat: Chat, services: Services) -> None:
    services.backoffice.employment.market = lambda occupation: []  # type: ignore[method-assign,assignment]
    assert "不能随便说" in chat.say("就业行情", "labour_market")["text"]


def test_guidance_speaks_from_figures(chat: Chat) -> None:
    reply = chat.say("我35岁想转行", "career_guidance")
    assert "2.00个岗位" in reply["text"]
    assert "来源" in reply["text"]


@pytest.mark.parametrize("intent", ["jobseeker_register", "training_search", "training_enrol"])
def test_what_opens_later(chat: Chat, intent: str) -> None:
    assert "0900-5550210" in chat.say("我要报名", intent)["text"]
    assert (
        "here later" in chat.say("I would like to enrol please", intent)["text"]
        or "will be possible here later" in (chat.say("I would like to enrol please", intent)["text"])
    )


def test_the_button_from_the_market_leads_to_vacancies(chat: Chat) -> None:
    reply = chat.say("[电工](occupation)行情", "labour_market")
    assert "正在招人" in chat.say("找[电工](occupation)的工作", "job_search")["text"]
    assert reply["buttons"][0]["payload"] == "找电工的工作"


def test_a_bare_number_beside_an_occupation_is_the_pay(chat: Chat) -> None:
    reply = chat.say("[南港](district:南港区) [电工](occupation) 6000", "job_search")
    assert "6000元" in conditions(reply)
