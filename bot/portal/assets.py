"""The browser's files as Vite built them: the manifest says under which name each entry stands."""

from pathlib import Path
from typing import Any

import orjson


class Assets:
    """Addresses of scripts and style sheets; none when the front end was not built, the pages then do without."""

    def __init__(self, dist: Path, prefix: str = "/static/") -> None:
        self.dist = dist
        self._prefix = prefix
        manifest = dist / ".vite" / "manifest.json"
        self._manifest: dict[str, dict[str, Any]] = orjson.loads(manifest.read_bytes()) if manifest.exists() else {}

    def script(self, entry: str) -> str | None:
        """Return the address of the script of an entry (``chat``, ``pages``)."""
        chunk = self._manifest.get(self._key(entry))
        return None if chunk is None else self._prefix + str(chunk["file"])

    def styles(self, entry: str) -> list[str]:
        """Return the addresses of the style sheets of an entry and of what it imports."""
        found: dict[str, None] = {}
        waiting, seen = [self._key(entry)], set()
        while waiting:
            key = waiting.pop()
            if key in seen or key not in self._manifest:
                continue
            seen.add(key)
            chunk = self._manifest[key]
            found.update(dict.fromkeys(self._prefix + str(style) for style in chunk.get("css", ())))
            waiting += chunk.get("imports", ())
        return list(found)

    def _key(self, entry: str) -> str:
        keys = (f"src/{entry}.ts", f"src/{entry}.tsx")
        return next((key for key in keys if key in self._manifest), "")
