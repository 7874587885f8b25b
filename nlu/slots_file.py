"""A small SQLite file with the slots of each conversation: enough to go on after a restart, nothing that was said."""

import json
import os
import sqlite3
import time
from pathlib import Path
from typing import Any, Dict, List, Optional

KEPT_DAYS = 30
_DAY = 86400.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
    sender_id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    written REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS conversation_written ON conversation (written);
"""


class SlotsFile:
    """State by conversation; rows that were not written for ``KEPT_DAYS`` days are deleted when the file is opened."""

    def __init__(self, path: Optional[Path] = None) -> None:
        self.path = path or Path(os.environ.get("WENZHENG_DATA") or "var") / "rasa-slots.db"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(str(self.path), isolation_level=None, timeout=5.0)
        self._connection.execute("PRAGMA journal_mode=WAL")
        # A power cut may lose the last turns' slots, never the file; a killed process loses nothing.
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.executescript(_SCHEMA)
        self._connection.execute("DELETE FROM conversation WHERE written < ?", (time.time() - KEPT_DAYS * _DAY,))
        os.chmod(self.path, 0o600)

    def read(self, sender_id: str) -> Optional[Dict[str, Any]]:
        """Return the state of a conversation, if there is one."""
        row = self._connection.execute("SELECT state FROM conversation WHERE sender_id = ?", (sender_id,)).fetchone()
        return dict(json.loads(row[0])) if row else None

    def write(self, sender_id: str, state: str) -> None:
        """Keep the state (JSON) of a conversation."""
        self._connection.execute(
            "INSERT INTO conversation VALUES (?, ?, ?) "
            "ON CONFLICT (sender_id) DO UPDATE SET state = excluded.state, written = excluded.written",
            (sender_id, state, time.time()),
        )

    def keys(self) -> List[str]:
        """Return the ids of all conversations."""
        return [row[0] for row in self._connection.execute("SELECT sender_id FROM conversation")]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
