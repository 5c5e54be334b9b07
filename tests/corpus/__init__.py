"""Tests of reading corpora."""
