"""Timings, printed as ratios; nothing here is a test."""
