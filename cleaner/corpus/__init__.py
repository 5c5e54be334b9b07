"""Corpora: reading articles from what people keep them in."""
