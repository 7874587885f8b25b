"""Fetch uv into FOLDER/bin with nothing but the standard library: a fresh Debian has neither pip nor curl.

pip is used where the machine has it; else the release archive of uv's own project is unpacked.
"""

import io
import os
import platform
import subprocess
import sys
import tarfile
import urllib.request
from pathlib import Path

RELEASES = (
    os.environ.get("UV_INSTALLER_GITHUB_BASE_URL", "https://github.com") + "/astral-sh/uv/releases/latest/download"
)


def with_pip(folder: Path) -> bool:
    """Install uv by pip into ``folder``; say whether that worked."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), "uv"]
    return subprocess.run(command, check=False).returncode == 0 and (folder / "bin" / "uv").exists()


def from_release(folder: Path) -> None:
    """Unpack the ``uv`` program of the newest release into ``folder/bin``."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine())
    url = f"{RELEASES}/uv-{machine}-unknown-linux-gnu.tar.gz"
    with urllib.request.urlopen(url, timeout=120) as response:
        packed = io.BytesIO(response.read())
    with tarfile.open(fileobj=packed) as archive:
        _unpack(archive, folder / "bin" / "uv")


def _unpack(archive: tarfile.TarFile, target: Path) -> None:
    for member in archive:
        if member.isfile() and Path(member.name).name == "uv":
            content = archive.extractfile(member)
            assert content is not None
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.read())
            target.chmod(0o755)
            return
    raise SystemExit("the release archive holds no uv program")


if __name__ == "__main__":
    target_folder = Path(sys.argv[1])
    if not with_pip(target_folder):
        from_release(target_folder)
