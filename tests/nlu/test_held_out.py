from pathlib import Path

from nlu.held_out import Utterance, read, too_near


def said(*texts: str) -> list[Utterance]:
    return [Utterance(text, "greet", ()) for text in texts]


def test_equal_and_nearly_equal_utterances_are_named() -> None:
    training = said("我想找一份电工的工作", "你好", "What is my balance?")
    pairs = too_near(
        said("你好！", "我想找一份电工的工作吧", "你好呀", "what is my balance", "查医保余额还有多少"), training
    )
    assert [(text, known) for text, known, _ in pairs] == [
        ("你好！", "你好"),
        ("我想找一份电工的工作吧", "我想找一份电工的工作"),
        ("what is my balance", "What is my balance?"),
    ]


def test_marked_entities_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: job_search\n  examples: |\n'
        '    - 在[东湖]{"entity": "district", "value": "东湖区"}找[电工](occupation)\n    - any jobs\n',
        encoding="utf-8",
    )
    marked, plain = read(tmp_path)
    assert marked == ("在东湖找电工", "job_search", ((1, 3, "district", "东湖区"), (4, 6, "occupation", "电工")))
    assert (marked.language, plain.language) == ("zh", "en")
