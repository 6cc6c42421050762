"""Verbs: pure functions from text to meaning. No clock, no files (but the vocabulary), no printing."""
