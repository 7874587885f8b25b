"""What counts as an answer of Rasa."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.rasa import RasaFailed, replies_of
from bot.chat.store import Reply

CUSTOM = {"type": "cards", "lead": "找到2个"}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ([], "empty"),
        ([{}], "empty"),
        ([{"text": ""}], "empty"),
        ([{"recipient_id": "x", "buttons": [{"title": "a"}]}], "empty"),
        (None, "shape"),
        ({"text": "x"}, "shape"),
        (["x"], "shape"),
        ([{"text": "x"}, None], "shape"),
    ],
)
def test_what_is_no_answer(answer: Any, kind: str) -> None:
    with pytest.raises(RasaFailed) as failure:
        replies_of(answer)
    assert failure.value.kind == kind


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ({"text": "好", "buttons": [], "custom": {}}, Reply("好")),
        ({"text": "好", "buttons": "x", "custom": "y"}, Reply("好")),
        ({"text": "全文", "custom": CUSTOM}, Reply("全文", None, CUSTOM)),
        ({"custom": CUSTOM}, Reply("找到2个", None, CUSTOM)),
        ({"custom": {"type": "x"}}, Reply("", None, {"type": "x"})),
    ],
)
def test_the_parts_of_a_message(message: dict[str, Any], reply: Reply) -> None:
    assert replies_of([message, {}]) == [reply]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "custom", "buttons", "lead"]), inner, max_size=3)
    ),
)


@given(JSON)
def test_whatever_rasa_says_is_read_or_refused(answer: Any) -> None:
    try:
        replies = replies_of(answer)
    except RasaFailed:
        return
    assert replies
    assert all(isinstance(reply.text, str) for reply in replies)
