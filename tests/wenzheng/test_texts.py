from pathlib import Path

import pytest

from wenzheng.texts import Texts


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    return tmp_path


def test_fills_the_sentence_of_the_language(tmp_path: Path) -> None:
    texts = Texts(folder(tmp_path, a="hello:\n  zh: 您好，{name}\n  en: Hello, {name}\n"))
    assert texts("hello", "zh", name="周") == "您好，周"
    assert texts("hello", "en", name="Zhou") == "Hello, Zhou"
    assert "hello" in texts
    assert texts.keys() == {"hello"}


def test_a_missing_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"a\.yml: hello has no en"):
        Texts(folder(tmp_path, a="hello:\n  zh: 您好\n"))


def test_a_key_in_two_files_is_refused(tmp_path: Path) -> None:
    one = "hello:\n  zh: 您好\n  en: Hello\n"
    with pytest.raises(ValueError, match=r"b\.yml: hello is defined twice"):
        Texts(folder(tmp_path, a=one, b=one))


def test_a_missing_value_is_an_error(tmp_path: Path) -> None:
    texts = Texts(folder(tmp_path, a="hello:\n  zh: 您好，{name}\n  en: Hello, {name}\n"))
    with pytest.raises(KeyError):
        texts("hello", "zh")
