"""The public pages: home, chat, sign-in, what is on record about access, and the demo's outbox."""
