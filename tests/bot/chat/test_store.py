"""Conversations and their numbered messages, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from backoffice.db import Database
from bot.chat.store import Closed, Conversation, ConversationStore, Message, Reply
from tests.bot.fakes import MovingClock


@pytest.fixture
def conversation(store: ConversationStore) -> Conversation:
    return store.create("web", "zh", "client")


def say(store: ConversationStore, conversation: Conversation, text: str, client_id: str | None = None) -> Message:
    return store.add_citizen(conversation.id, text, None, client_id)[0]


def test_the_newest_conversation_is_the_browsers_current_one(
    store: ConversationStore, moving_clock: MovingClock
) -> None:
    store.create("web", "zh", "client")
    moving_clock.now += timedelta(seconds=1)
    second = store.create("web", "en", "client")
    assert store.of_client("client") == second
    assert store.of_client("other") is None
    assert store.get(second.id) == second
    assert store.get("none") is None


def test_only_the_browser_that_began_it_owns_a_conversation(store: ConversationStore) -> None:
    created = store.create("web", "zh", "client")
    assert store.is_owner(created.id, "client")
    assert not store.is_owner(created.id, "other")


def test_messages_of_many_threads_get_numbers_without_gap_or_repeat(
    store: ConversationStore, conversation: Conversation
) -> None:
    with ThreadPoolExecutor(8) as pool:
        stored = list(pool.map(lambda n: say(store, conversation, f"{n}", f"id-{n}"), range(40)))
    assert sorted(message.seq for message in stored) == list(range(1, 41))
    kept = {message.seq: message.text for message in store.since(conversation.id, 0)}
    assert kept == {message.seq: message.text for message in stored}


def test_a_client_id_is_taken_once_also_from_many_threads(store: ConversationStore, conversation: Conversation) -> None:
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: store.add_citizen(conversation.id, "你好", None, "the-same"), range(8)))
    assert [new for _, new in results].count(True) == 1
    assert {message.seq for message, _ in results} == {1}
    assert len(store.since(conversation.id, 0)) == 1
    assert say(store, conversation, "再见").seq == 2


def test_the_same_client_id_in_another_conversation_is_another_message(store: ConversationStore) -> None:
    for client in ("one", "two"):
        assert store.add_citizen(store.create("web", "zh", client).id, "你好", None, "same")[1]


def test_a_reply_settles_its_question(store: ConversationStore, conversation: Conversation) -> None:
    question = say(store, conversation, "余额")
    assert [message.seq for message in store.open_messages(conversation.id)] == [question.seq]
    custom = {"type": "cards", "lead": "好"}
    replies = store.add_replies(conversation.id, [Reply("一", None, custom), Reply("二", [{"title": "a"}])], 1)
    assert [(reply.seq, reply.text, reply.reply_to) for reply in replies] == [(2, "一", 1), (3, "二", 1)]
    assert store.open_messages(conversation.id) == []
    kept = store.since(conversation.id, 1)
    assert kept == replies
    assert kept[0].custom == custom
    assert kept[1].custom is None
    newest = store.get(conversation.id)
    assert newest is not None
    assert newest.last_seq == 3


def test_an_apology_leaves_its_question_open(store: ConversationStore, conversation: Conversation) -> None:
    say(store, conversation, "余额")
    store.add_replies(conversation.id, [Reply("抱歉")], 1, "apologised")
    assert [message.status for message in store.open_messages(conversation.id)] == ["apologised"]
    assert [one.id for one in store.unfinished()] == [conversation.id]
    store.add_replies(conversation.id, [Reply("100元")], 1)
    assert store.unfinished() == []


@pytest.mark.parametrize("mode", ["waiting", "staff", "closed"])
def test_the_assistant_is_silent_when_it_may_not_speak(
    store: ConversationStore, conversation: Conversation, mode: str
) -> None:
    say(store, conversation, "转人工")
    store.set_mode(conversation.id, mode)  # type: ignore[arg-type]
    assert store.add_replies(conversation.id, [Reply("我在")], 1) == []
    assert len(store.since(conversation.id, 0)) == 1
    assert store.unfinished() == []


def test_what_is_said_to_staff_waits_for_no_answer_of_the_assistant(
    store: ConversationStore, conversation: Conversation
) -> None:
    store.set_mode(conversation.id, "staff")
    assert say(store, conversation, "在吗").status is None


def test_taking_over_settles_what_the_assistant_owed(store: ConversationStore, conversation: Conversation) -> None:
    say(store, conversation, "余额")
    store.owe_signed_in(conversation.id)
    store.set_mode(conversation.id, "staff")
    store.set_mode(conversation.id, "bot")
    assert store.open_messages(conversation.id) == []
    assert store.unfinished() == []


def test_nothing_is_added_to_a_closed_conversation(store: ConversationStore, conversation: Conversation) -> None:
    store.set_mode(conversation.id, "closed")
    with pytest.raises(Closed):
        say(store, conversation, "还有")
    assert store.since(conversation.id, 0) == []
    with pytest.raises(KeyError):
        store.add_citizen("none", "x", None, None)


def test_one_caller_has_one_conversation_also_from_many_threads(store: ConversationStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = {one.id for one in pool.map(lambda _: store.of_caller("caller", "zh"), range(8))}
    assert len(found) == 1
    assert store.of_caller("another", "zh").id not in found


def test_a_callers_question_is_not_taken_up_again(store: ConversationStore) -> None:
    say(store, store.of_caller("caller", "zh"), "余额")
    assert store.unfinished() == []


def test_an_owed_sign_in_is_remembered_until_it_is_answered(
    store: ConversationStore, conversation: Conversation
) -> None:
    store.owe_signed_in(conversation.id)
    assert [one.signed_in_owed for one in store.unfinished()] == [True]
    store.add_replies(conversation.id, [Reply("您的余额")], None)
    assert store.unfinished() == []
    store.owe_signed_in(conversation.id)
    store.settle_signed_in(conversation.id)
    assert store.unfinished() == []


def test_only_answers_are_rated(store: ConversationStore, conversation: Conversation) -> None:
    say(store, conversation, "余额")
    store.add_replies(conversation.id, [Reply("100元")], 1)
    assert store.set_feedback(conversation.id, 1, "up") is None
    assert store.set_feedback(conversation.id, 9, "up") is None
    rated = store.set_feedback(conversation.id, 2, "down")
    assert rated is not None
    assert rated.feedback == "down"
    assert store.since(conversation.id, 1)[0].feedback == "down"
    store.set_feedback(conversation.id, 2, None)
    assert store.since(conversation.id, 1)[0].feedback is None


def test_instants_and_tokens_are_kept(
    store: ConversationStore, conversation: Conversation, moving_clock: MovingClock
) -> None:
    store.add_citizen(conversation.id, "990101********1234", "〔id_number:k3f9x2ab〕", "id")
    message = store.since(conversation.id, 0)[0]
    assert message.at == moving_clock.now
    assert message.for_rasa == "〔id_number:k3f9x2ab〕"
    store.set_language(conversation.id, "en")
    changed = store.get(conversation.id)
    assert changed is not None
    assert changed.language == "en"
    store.ping()


def test_the_store_writes_nothing_when_it_fails_halfway(
    store: ConversationStore, conversation: Conversation, database: Database
) -> None:
    say(store, conversation, "一")
    with pytest.raises(Exception, match="reply"):
        store.add_replies(conversation.id, [Reply("好"), Reply(None)], 1)  # type: ignore[arg-type]
    assert len(store.since(conversation.id, 0)) == 1
    assert say(store, conversation, "二").seq == 2
