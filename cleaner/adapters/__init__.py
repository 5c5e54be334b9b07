"""Adapters to other libraries, each with an extra of the same name; nothing is imported here."""
