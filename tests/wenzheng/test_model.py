from pathlib import Path

from wenzheng.model import fingerprint


def project(folder: Path) -> Path:
    for name, text in {"config.yml": "a", "domain/x.yml": "b", "data/nlu/x.yml": "c", "nlu/k.py": "d"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_the_fingerprint_changes_with_any_training_file(tmp_path: Path) -> None:
    root = project(tmp_path)
    seen = {fingerprint(root)}
    for file in ("config.yml", "domain/x.yml", "data/nlu/x.yml", "nlu/k.py"):
        (root / file).write_text("changed")
        assert fingerprint(root) not in seen
        seen.add(fingerprint(root))
    (root / "data/nlu/x.yml").rename(root / "data/nlu/y.yml")
    assert fingerprint(root) not in seen


def test_the_fingerprint_heeds_nothing_else(tmp_path: Path) -> None:
    root = project(tmp_path)
    before = fingerprint(root)
    (root / "README.md").write_text("new")
    assert fingerprint(root) == before
