"""Entities with normalised values: one small module of extractors per kind of value."""
