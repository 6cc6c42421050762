"""Nouns: what the program talks about. Imports nothing but the standard library and pydantic."""
