"""The server: parse, look, correct and export over HTTP, for one desk or one office."""
