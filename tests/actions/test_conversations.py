"""Whole conversations, with what the classifier plausibly says and with what it may wrongly say."""

import itertools

import pytest

from actions._services import Services
from tests.actions.chat import Chat
from tests.actions.fakes import RESIDENT

WRONG = ("inform", "cancel", "dissatisfied", "out_of_scope", "nlu_fallback", "hospital_info", "office_info", "affirm")


@pytest.mark.parametrize("intents", [("job_search",) * 5, *itertools.permutations(WRONG, 5)][::97])
def test_job_refine_with_correction(chat: Chat, intents: tuple[str, ...]) -> None:
    reply = chat.say("找个[电工](occupation)的活", "job_search")
    assert "电工" in reply["text"]
    reply = chat.say("[东湖](district:东湖区)那边的", intents[0])
    assert "“电工、东湖区”" in reply["text"]
    assert "南港" not in reply["text"].split("区、工资")[0]
    reply = chat.say("不是[东湖](district:东湖区)，是[南港](district:南港区)", intents[1])
    assert "“电工、南港区”" in reply["text"]
    assert "东湖" not in reply["text"]
    reply = chat.say("工资[七千](money:7000)往上的有没有", intents[2])
    assert "“电工、南港区、月薪能到7000元”" in reply["text"]
    reply = chat.say("中专学历能去的", intents[3])
    assert "“电工、南港区、月薪能到7000元、中专或技校能去”" in reply["text"]
    reply = chat.say("算了区不限了", intents[4])
    assert "“电工、月薪能到7000元、中专或技校能去”" in reply["text"]
    assert reply["custom"]["total"] > 5  # more than the five of 南港 that fit


@pytest.mark.parametrize(
    "intents", [("job_search", "job_search"), ("dissatisfied", "inform"), ("out_of_scope", "medical_balance")]
)
def test_en_job_search_correction(chat: Chat, intents: tuple[str, str]) -> None:
    reply = chat.say(
        "looking for [english teacher](occupation:英语教师) jobs in [donghu](district:东湖区)", "job_search"
    )
    assert "English teacher, Donghu." in reply["text"]
    reply = chat.say("oops sorry i meant [nangang](district:南港区) not [donghu](district:东湖区)", intents[0])
    assert "English teacher, Nangang." in reply["text"]
    assert "Donghu" not in reply["text"]
    reply = chat.say("min [12k](money:12000), I have a bachelor", intents[1])
    assert "at least 12,000 yuan a month" in reply["text"]
    assert "bachelor's degree" in reply["text"]
    reply = chat.say("whats the average pay for this kind of job here", "labour_market")
    assert "English teacher" in reply["text"]
    assert "6,400" in reply["text"]
    assert reply["custom"]["type"] == "chart"


@pytest.mark.parametrize("after", ["sign_in", "affirm", "inform", "nlu_fallback", "signed_in"])
@pytest.mark.parametrize("number", ["sign_in", "dissatisfied", "out_of_scope", "medical_balance"])
def test_balance_needs_sign_in(chat: Chat, services: Services, after: str, number: str) -> None:
    reply = chat.say("我医保卡里还剩多少钱", "medical_balance")
    assert "3182" not in reply["text"]
    assert reply["custom"]["url"] == "http://localhost:8080/sign-in?t=token-1"
    assert reply["custom"]["url"] in reply["text"]
    reply = chat.say("我报身份证号给你不就行了吗，登录多麻烦", number)
    assert "光凭身份证号还不行" in reply["text"]
    assert reply["custom"]["url"].endswith("token-2")
    services.backoffice.identity.bound[chat.id] = RESIDENT  # type: ignore[attr-defined]
    reply = chat.say("我登录好了", after)
    assert "3182.45元" in reply["text"]
    assert "2026年11月20日" in reply["text"]
    reply = chat.say("那[上个月](period:2026-10-01/2026-10-31)扣的那几笔是啥", "medical_spending")
    assert "康宁大药房" in reply["text"]
    assert "178.5" in reply["text"]
    reply = chat.say("顺便看看我老伴的", number)
    assert "本人" in reply["text"]
    assert "授权" in reply["text"]
    assert "3182" not in reply["text"]
    assert {asker.resident_id for asker in services.backoffice.medical.asked} == {RESIDENT.id}  # type: ignore[attr-defined]


@pytest.mark.parametrize("intent", ["reimbursement_estimate", "inform", "hospital_info", "dissatisfied", "affirm"])
def test_reimbursement_amount_and_level(chat: Chat, intent: str) -> None:
    reply = chat.say("我爸住院花了[三万五](money:35000)能报多少", "reimbursement_estimate")
    assert "35000元" in reply["text"]
    assert "几级医院" in reply["text"]
    assert [one["payload"] for one in reply["buttons"]] == [
        "三级医院",
        "二级医院",
        "一级医院或社区",
        "职工医保",
        "居民医保",
    ]
    level3 = chat.say("三级医院，职工医保，已经退休了", intent)
    assert "能报29580元" in level3["text"]
    assert "估算，最后以医院结算为准" in level3["text"]
    level2 = chat.say("要是当初送二级医院呢", intent)
    assert "能报31992元" in level2["text"]
    assert "已退休" in level2["text"]
    less = chat.say("里面有[八千](money:8000)是自费药", intent)
    assert "能报24552元" in less["text"]
    assert "自费8000元不报" in less["text"]
    other = chat.say("[1.2w](money:12000)的话呢", intent)
    assert "能报10602元" in other["text"]
    assert "自费部分是上一张单子的" in other["text"]
    table = chat.say("比一比各级医院", intent)
    assert len(table["custom"]["rows"]) == 3
