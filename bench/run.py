"""``make bench``: ours, the same project under stock Rasa, and Rasa's own starter project, in one run.

Writes docs/benchmarks.json and the tables of docs/benchmarks.md.
"""

import contextlib
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.live import ROOT, Stack, free_port
from wenzheng.model import rasa_environment

RASA = str(ROOT / "nlu" / ".venv" / "bin" / "rasa")
SECONDS = os.environ.get("BENCH_SECONDS", "15")


def load(channel: str, url: str, texts: str = "citizen") -> list[dict[str, float]]:
    """Run the load generator as a process of its own against ``url``."""
    command = [sys.executable, "-m", "bench.load", channel, url, "--texts", texts, "--seconds", SECONDS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"the load failed:\n{done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def memory(pids: list[int]) -> float:
    """Return the proportional resident memory of these processes and their children, in MB."""
    total = 0
    for pid in pids:
        children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
        family = [pid, *map(int, children.stdout.split())]
        for member in family:
            with contextlib.suppress(OSError):
                for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        total += int(line.split()[1])
    return round(total / 1024)


def wait_for(url: str, process: subprocess.Popen[bytes], within: float = 180) -> float:
    """Wait until ``url`` answers; return the seconds."""
    began = time.monotonic()
    while time.monotonic() - began < within:
        if process.poll() is not None:
            raise SystemExit("a process of the benchmark ended while starting")
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=1):
            return round(time.monotonic() - began, 1)
        time.sleep(0.1)
    raise SystemExit(f"{url} did not answer")


def train(folder: Path) -> float:
    """Train the Rasa project in ``folder``; return the seconds."""
    began = time.monotonic()
    domain = "domain" if (folder / "domain").is_dir() else "domain.yml"
    stock = {**rasa_environment(), "PYTHONPATH": ""}
    subprocess.run([RASA, "train", "--force", "--domain", domain], cwd=folder, env=stock, check=True)
    return round(time.monotonic() - began, 1)


@contextlib.contextmanager
def started(command: list[str], folder: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process of the benchmark in a group of its own, and end the group afterwards."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def ours(folder: Path) -> dict[str, Any]:
    """Measure the whole stack, from WebSocket frame to WebSocket frame."""
    began = time.monotonic()
    subprocess.run([ROOT / ".venv/bin/wenzheng", "model", "train", "--force"], cwd=ROOT, check=True)
    trained = round(time.monotonic() - began, 1)
    limits = {"WENZHENG_MESSAGES_PER_MINUTE": "1000000", "WENZHENG_CLOCK": ""}
    stack = Stack(folder, limits)
    stack.start()
    stack.stop()
    ready = round(stack.start(), 1)
    try:
        assert stack.process is not None
        parts = subprocess.run(["pgrep", "-P", str(stack.process.pid)], capture_output=True, text=True, check=True)
        figures = load("websocket", stack.url)
        return {
            "load": figures,
            "memory_mb": memory([int(pid) for pid in parts.stdout.split()]),
            "ready_s": ready,
            "training_s": trained,
        }
    finally:
        stack.stop()


def stock_project(folder: Path, data: Path) -> dict[str, Any]:
    """Measure the same project under unpatched ``rasa run`` with jieba, DIET and TED, at Rasa's REST channel."""
    for name in ("domain", "data"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "bench" / "stock-config.yml", folder / "config.yml")
    (folder / "credentials.yml").write_text("rest:\n")
    actions_port, port = free_port(), free_port()
    (folder / "endpoints.yml").write_text(f"action_endpoint:\n  url: http://127.0.0.1:{actions_port}/webhook\n")
    trained = train(folder)
    environment = {**os.environ, "ACTIONS_PORT": str(actions_port), "WENZHENG_DATA": str(data)}
    actions = [str(ROOT / ".venv/bin/python"), "-m", "actions"]
    with started(actions, ROOT, environment) as helper:
        wait_for(f"http://127.0.0.1:{actions_port}/health", helper)
        return {**stock_rasa(folder, port, "citizen", [helper.pid]), "training_s": trained}


def stock_starter(folder: Path) -> dict[str, Any]:
    """Measure the project that ``rasa init`` makes."""
    command = [RASA, "init", "--no-prompt", "--init-dir", str(folder)]
    subprocess.run(command, env=rasa_environment(), check=True, stdout=subprocess.DEVNULL)
    return {**stock_rasa(folder, free_port(), "init", []), "training_s": train(folder)}


def stock_rasa(folder: Path, port: int, texts: str, helpers: list[int]) -> dict[str, Any]:
    """Start ``rasa run`` in ``folder`` and measure it."""
    command = [RASA, "run", "--port", str(port), "--interface", "127.0.0.1"]
    with started(command, folder, {**rasa_environment(), "LOG_LEVEL": "WARNING"}) as rasa:
        ready = wait_for(f"http://127.0.0.1:{port}/", rasa)
        figures = load("rest", f"http://127.0.0.1:{port}", texts)
        return {"load": figures, "memory_mb": memory([rasa.pid, *helpers]), "ready_s": ready}


def machine() -> str:
    """Say what was measured on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.machine()
    return f"{os.cpu_count()} cores of {model}, {platform.system()}, Python {platform.python_version()}"


NAMES = {
    "ours": "Wenzheng, whole stack, WebSocket frame to frame",
    "stock_project": "the same project under stock `rasa run`, jieba + DIET + TED, REST",
    "stock_starter": "`rasa init`'s project, REST",
}


def report(figures: dict[str, Any]) -> str:
    """Return the page of the figures in Markdown."""
    lines = [
        "# Benchmarks",
        "",
        f"Measured on {figures['date']} by `make bench`: {figures['machine']}; the load generator on the same machine.",
        "Milliseconds per turn; each conversation says its next sentence when the answer to the last has come.",
        "",
        "| | conversations | p50 | p95 | p99 | turns/s |",
        "|---|---|---|---|---|---|",
    ]
    for key, name in NAMES.items():
        for row in figures[key]["load"]:
            cells = (row[column] for column in ("conversations", "p50", "p95", "p99", "per_second"))
            lines.append(f"| {name} | " + " | ".join(str(cell) for cell in cells) + " |")
    lines += ["", "| | memory, MB | start to ready, s | training, s |", "|---|---|---|---|"]
    for key, name in NAMES.items():
        part = figures[key]
        lines.append(f"| {name} | {part['memory_mb']} | {part['ready_s']} | {part['training_s']} |")
    lines += [
        "",
        "Memory is the proportional set size of all server processes (ours: bot, rasa and actions; stock: Rasa, and",
        "the same action server where it has one). The stock pipeline is trained for 5 epochs instead of 100: that",
        "changes how well it understands, not how fast it answers; its training time here is that of 5 epochs.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure all three and write the report."""
    with tempfile.TemporaryDirectory() as name:
        folders = {key: Path(name) / key for key in NAMES}
        for folder in folders.values():
            folder.mkdir()
        figures: dict[str, Any] = {"date": datetime.now().astimezone().date().isoformat(), "machine": machine()}
        figures["ours"] = ours(folders["ours"])
        print(json.dumps(figures["ours"]), flush=True)
        figures["stock_project"] = stock_project(folders["stock_project"], folders["ours"])
        print(json.dumps(figures["stock_project"]), flush=True)
        figures["stock_starter"] = stock_starter(folders["stock_starter"])
        print(json.dumps(figures["stock_starter"]), flush=True)
    (ROOT / "docs" / "benchmarks.json").write_text(json.dumps(figures, indent=1) + "\n")
    (ROOT / "docs" / "benchmarks.md").write_text(report(figures))


if __name__ == "__main__":
    main()
