"""Sign-in in the chat: the link, the question that waits, numbers that do not help."""

import pytest

from actions._services import Services
from tests.actions.chat import Chat
from tests.actions.fakes import RESIDENT


def bind(chat: Chat) -> None:
    chat.services.backoffice.identity.bound[chat.id] = RESIDENT  # type: ignore[attr-defined]


def test_the_internal_message_after_sign_in_answers_the_question_with_its_period(chat: Chat) -> None:
    chat.say("[上个月](period:2026-10-01/2026-10-31)医保扣了多少", "medical_spending")
    assert chat.slots["pending"]["entities"] == [{"entity": "period", "value": "2026-10-01/2026-10-31"}]
    bind(chat)
    reply = chat.say("/signed_in", "signed_in")
    assert "康宁大药房" in reply["text"]


def test_the_answer_after_sign_in_is_in_the_language_of_the_question(chat: Chat) -> None:
    chat.say("how much is left on my medical account", "medical_balance")
    bind(chat)
    assert "3,182.45 yuan" in chat.say("/signed_in", "signed_in")["text"]


def test_what_was_typed_is_not_kept(chat: Chat) -> None:
    chat.say("我叫张三，医保还剩多少", "medical_balance")
    assert "张三" not in str(chat.slots)


@pytest.mark.parametrize(
    "text", ["[〔id_number:k3f9x2ab〕](id_number)", "我的身份证号是[〔id_number:k3f9x2ab〕](id_number)查下余额"]
)
@pytest.mark.parametrize("intent", ["medical_balance", "inform", "sign_in"])
def test_a_typed_number_does_not_help(chat: Chat, text: str, intent: str) -> None:
    chat.say("我的医保余额", "medical_balance")
    reply = chat.say(text, intent)
    assert "光凭身份证号还不行" in reply["text"]
    assert reply["custom"]["type"] == "sign_in"
    assert "3182" not in reply["text"]
    assert chat.slots["pending"]["intent"] == "medical_balance"


def test_a_number_alone_is_answered_with_the_way_to_sign_in(chat: Chat) -> None:
    reply = chat.say("[〔id_number:k3f9x2ab〕](id_number)", "inform")
    assert "光凭身份证号还不行" in reply["text"]
    assert reply["custom"]["type"] == "sign_in"


def test_saying_that_sign_in_is_done_does_not_make_it_so(chat: Chat) -> None:
    chat.say("我的医保余额", "medical_balance")
    reply = chat.say("我登录好了", "sign_in")
    assert "没有看到您登录成功" in reply["text"]
    assert reply["custom"]["url"]


def test_sign_in_without_a_question(chat: Chat) -> None:
    assert "/sign-in?t=" in chat.say("我要登录", "sign_in")["text"]
    bind(chat)
    assert "周*" in chat.say("/signed_in", "signed_in")["text"]
    assert "已经登录了（周*" in chat.say("登录", "sign_in")["text"]


def test_sign_in_again_answers_the_last_personal_question(chat: Chat) -> None:
    bind(chat)
    chat.say("我的医保余额", "medical_balance")
    assert "3182.45元" in chat.say("我登录好了", "sign_in")["text"]


def test_sign_out(chat: Chat, services: Services) -> None:
    assert "没有登录" in chat.say("退出登录", "sign_out")["text"]
    bind(chat)
    chat.say("我的医保余额", "medical_balance")
    assert "已经退出" in chat.say("退出登录", "sign_out")["text"]
    assert services.backoffice.identity.resident_for(chat.id) is None
    assert chat.slots["pending"] is None
    assert "3182" not in chat.say("那余额呢", "medical_balance")["text"]


def test_a_pending_question_that_is_not_personal_is_never_replayed(chat: Chat) -> None:
    bind(chat)
    chat.slots["pending"] = {"intent": "sign_out", "entities": []}
    assert "周*" in chat.say("/signed_in", "signed_in")["text"]


def test_my_matters_invents_nothing(chat: Chat) -> None:
    assert "12345" in chat.say("我有哪些事在办", "my_matters")["text"]


def test_one_chats_sign_in_is_not_anothers(chat: Chat, services: Services) -> None:
    bind(chat)
    other = Chat(services, "chat-2")
    assert "3182" not in other.say("我的医保余额", "medical_balance")["text"]
