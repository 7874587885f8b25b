"""Medical account, pooled fund, estimates, hospitals, doctors, drugs."""

from typing import Any

import pytest

from actions._services import Services
from tests.actions.chat import Chat
from tests.actions.fakes import RESIDENT


@pytest.fixture
def signed_in(chat: Chat, services: Services) -> Chat:
    services.backoffice.identity.bound[chat.id] = RESIDENT  # type: ignore[attr-defined]
    return chat


def test_without_a_period_the_last_calendar_month_is_shown(signed_in: Chat) -> None:
    reply = signed_in.say("查医保扣款", "medical_spending")
    assert "2026年10月您的医保个人账户有2笔收支" in reply["text"]
    assert reply["custom"]["columns"][0] == "日期"
    assert reply["custom"]["rows"][0][0] == "2026年10月20日"


def test_a_month_without_transactions_tells_of_the_newest(signed_in: Chat) -> None:
    reply = signed_in.say("[九月](period:2026-09-01/2026-09-30)的呢", "medical_spending")
    assert "没有收支记录" in reply["text"]
    assert "2026年10月20日" in reply["text"]


def test_each_look_up_says_who_asks_and_why(signed_in: Chat, services: Services) -> None:
    signed_in.say("我的医保余额", "medical_balance")
    asker = services.backoffice.medical.asked[-1]  # type: ignore[attr-defined]
    assert (asker.resident_id, asker.via, asker.why) == (RESIDENT.id, signed_in.id, "medical_balance")


@pytest.mark.parametrize(
    "text",
    [
        "查我老公的医保余额",
        "我爸的医保卡还有多少钱",
        "同事的账户扣了多少",
        "my husband's balance",
        "my mother spending",
        "帮我孩子查医保",
    ],
)
@pytest.mark.parametrize("intent", ["medical_balance", "medical_spending"])
def test_another_persons_record_is_refused(signed_in: Chat, services: Services, text: str, intent: str) -> None:
    reply = signed_in.say(text, intent)
    assert "3182" not in reply["text"]
    assert ("授权" in reply["text"]) or ("authorisation" in reply["text"])
    assert services.backoffice.medical.asked == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["儿媳妇说拿我卡去配了眼镜，有没有这笔账", "我的医保卡余额", "别人刷了我的卡"])
def test_naming_somebody_does_not_make_it_their_record(signed_in: Chat, text: str) -> None:
    assert "授权" not in signed_in.say(text, "medical_spending")["text"]


def test_a_bill_is_estimated_though_it_was_taken_for_a_record(chat: Chat) -> None:
    reply = chat.say("我爸住院花了[三万五](money:35000)能报多少", "medical_spending")
    assert "几级医院" in reply["text"]


def test_an_account_that_does_not_exist_is_said_to_be_none(signed_in: Chat, services: Services) -> None:
    services.backoffice.medical.account = lambda resident_id, asker: None  # type: ignore[method-assign]
    assert "没有查到" in signed_in.say("我的医保余额", "medical_balance")["text"]


def test_fund_by_months_and_by_insurance(chat: Chat) -> None:
    reply = chat.say("统筹基金还有多少钱", "pooled_fund")
    assert "2026年10月收入9000万元" in reply["text"]
    assert reply["custom"]["series"][0]["values"][-1] == 9000.0
    assert "居民医保" in chat.say("居民的呢", "out_of_scope")["text"]
    half = chat.say("[上半年](period:2026-01-01/2026-06-30)的呢", "inform")
    assert half["custom"]["x"] == [f"2026年{number}月" for number in range(1, 7)]


def estimate(chat: Chat, *texts: str) -> dict[str, Any]:
    return [chat.say(text, "reimbursement_estimate") for text in texts][-1]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["算算能报多少"], "三样"),
        (["[三万](money:30000)能报多少", "三级"], "职工医保还是居民医保"),
        (["职工医保能报多少"], "一共花了多少钱，在几级医院"),
        (["居民医保，二级医院"], "请告诉我一共花了多少钱"),
        (["[两万](money:20000)，职工医保"], "几级医院"),
    ],
)
def test_asks_for_exactly_what_is_missing(chat: Chat, texts: list[str], expected: str) -> None:
    reply = estimate(chat, *texts)
    assert expected in reply["text"]
    assert "能报2" not in reply["text"]


def test_assumptions_are_said(chat: Chat) -> None:
    reply = estimate(chat, "[两万](money:20000)，职工医保，三级医院")
    assert "先按住院算" in reply["text"]
    assert "先按在职算" in reply["text"]
    assert reply["custom"]["type"] == "calculation"
    assert reply["custom"]["source"] == {
        "title": "安澜市医疗保险办法",
        "number": "安政发〔2025〕1号",
        "article": "第十二条",
    }
    assert "估算" in reply["custom"]["note"]


def test_a_named_hospital_gives_the_level(chat: Chat) -> None:
    reply = estimate(chat, "在[南港医院](hospital:南港区人民医院)住院花了[两万](money:20000)，职工医保")
    assert "二级医院" in reply["text"]


def test_self_paid_in_the_same_message(chat: Chat) -> None:
    reply = estimate(chat, "总共[九万二](money:92000)，里头自费药[一万](money:10000)，职工医保，二级医院")
    assert "总费用92000元" in reply["text"]
    assert "自费10000元不报" in reply["text"]
    assert "自费" not in estimate(chat, "没有自费").get("text", "").split("（")[1].split("）")[0]


def test_plain_numbers_in_a_message_about_a_bill(chat: Chat) -> None:
    estimate(chat, "35000 bill, level 3, employee, retired, how much is reimbursed")
    reply = chat.say("8000 of it is self-paid medicine", "drug_info", 0.82)
    assert "8,000 yuan self-paid" in reply["text"]
    assert "bill 35,000 yuan" in reply["text"]


def test_all_self_paid_computes_nothing(chat: Chat) -> None:
    reply = estimate(chat, "[八千](money:8000)，职工医保，三级医院", "自费的有[八千](money:8000)")
    assert "没有可以报的" in reply["text"]


def test_comparison_needs_no_level(chat: Chat) -> None:
    reply = estimate(chat, "[三万](money:30000)，居民医保，比一比各级医院")
    assert [row[0] for row in reply["custom"]["rows"]] == ["一级医院", "二级医院", "三级医院"]


def test_another_estimate_later_starts_fresh(chat: Chat) -> None:
    estimate(chat, "[三万](money:30000)，居民医保，三级医院")
    chat.say("找个[电工](occupation)的活", "job_search")
    assert "几级医院" in estimate(chat, "[两万](money:20000)能报多少")["text"]


def test_a_hospital_by_name_and_then_a_detail(chat: Chat) -> None:
    reply = chat.say("[市一院](hospital:安澜市第一人民医院)是几级的", "hospital_info")
    assert "三级医院，医保定点" in reply["text"]
    assert "内科、外科" in reply["text"]
    assert "0900-5550888" in chat.say("电话多少", "out_of_scope")["text"]


def test_hospitals_by_district_and_level(chat: Chat) -> None:
    assert "南港区二级医院" in chat.say("[南港](district:南港区)的二级医院", "hospital_info")["text"]
    none = chat.say("[东湖](district:东湖区)呢", "inform")
    assert "没有符合“东湖区二级医院”" in none["text"]
    assert chat.say(none["buttons"][0]["payload"], "cancel")["custom"]["total"] == 2


def test_hospitals_by_department(chat: Chat) -> None:
    listed = chat.say("[南港](district:南港区)哪家医院有外科", "hospital_info")
    assert "南港区" in listed["text"]
    chat.say("看牙去哪家医院", "hospital_info")
    assert "没有符合" in chat.say("[南港](district:南港区)有看牙的吗", "hospital_info")["text"]


def test_whether_a_hospital_has_a_department(chat: Chat) -> None:
    chat.say("[市一院](hospital:安澜市第一人民医院)在哪", "hospital_info")
    assert "没有儿科" in chat.say("有儿科吗", "out_of_scope")["text"]
    assert "no eye department" in chat.say("does it have an eye department", "hospital_info")["text"]


def test_a_hospital_that_is_not_designated(chat: Chat) -> None:
    assert "不是医保定点" in chat.say("[美仁](hospital:安澜美仁医院)能用医保吗", "hospital_info")["text"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[王建国](doctor)医生有执业证吗", "2位"),
        ("[市一院](hospital:安澜市第一人民医院)的[王建国](doctor)", "执业证有效"),
        ("[李明](doctor)医生", "已经过期"),
        ("[赵强](doctor)医生", "已经被吊销"),
        ("[张伟](doctor)大夫", "没有查到“张伟”"),
        ("[市一院](hospital:安澜市第一人民医院)的[李明](doctor)", "别的医院有同名的"),
        ("那个医生是不是假的", "请告诉我医生的姓名"),
    ],
)
def test_doctors(chat: Chat, text: str, expected: str) -> None:
    reply = chat.say(text, "doctor_info")
    assert expected in reply["text"]
    if expected != "2位" and "有效" not in expected:
        assert "0900-5550109" in reply["text"]


def test_a_stored_valid_licence_past_its_day_has_expired(chat: Chat, services: Services) -> None:
    doctors = services.backoffice.medical.doctors("李明")
    doctors[0].status = "valid"  # type: ignore[misc]
    services.backoffice.medical.doctors = lambda name, hospital=None: doctors  # type: ignore[method-assign,assignment]
    assert "已经过期" in chat.say("[李明](doctor)医生", "doctor_info")["text"]


def test_drugs(chat: Chat) -> None:
    reply = chat.say("[二甲双胍](drug)医保能报吗", "drug_info")
    assert "乙类，先自己付10%" in reply["text"].splitlines()[0]
    assert "医生或药师" in reply["text"]
    assert "随餐服用" in chat.say("怎么吃", "out_of_scope")["text"].splitlines()[0]
    assert "没有找到“神药”" in chat.say("[神药](drug)治什么", "drug_info")["text"]


def test_a_question_about_a_drug_is_no_question_about_hospitals(chat: Chat) -> None:
    chat.say("[南港](district:南港区)的二级医院", "hospital_info")
    assert "metformin" in chat.say("is [metformin](drug:二甲双胍) covered", "drug_info")["text"]


def test_a_doctors_name_alone_answers_which_doctor(chat: Chat) -> None:
    chat.say("那个医生有没有执业证", "doctor_info")
    assert "2位" in chat.say("王建国", "out_of_scope")["text"]
    assert "执业证有效" in chat.say("是[南港区人民医院](hospital)的", "hospital_info", 0.58)["text"]
    assert "已经过期" in chat.say("那李明呢", "nlu_fallback", 0.3)["text"]
    assert "不客气" in chat.say("谢谢您", "thank")["text"]
    assert "没有查到" not in chat.say("讲笑话", "out_of_scope")["text"]


def test_after_a_refusal_the_own_record_is_asked_for(chat: Chat, services: Services) -> None:
    assert "授权" in chat.say("我老公的医保卡余额查一下", "medical_balance")["text"]
    assert "/sign-in" in chat.say("那我自己的", "deny", 0.31)["text"]
    assert chat.slots["pending"]["intent"] == "medical_balance"
