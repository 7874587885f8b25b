"""Conversations: what was said, in which order, who answers, and how it reaches every connection."""
