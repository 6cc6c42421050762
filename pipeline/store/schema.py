"""The tables, one definition for SQLite and PostgreSQL, and the views on them.

`circulars.row` and `items.row` are internal and may differ between stores of the same content: a circular is told by
`sha256` (of the bytes it was read from) and `ordinal` (the n-th in that source), an item by its `key`. `places` says
which content lay where; what lies nowhere any more is not `current`. `revision`: the store's when a circular last
changed. `words`, `number_words`: folded text, for searches alone.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    event,
    func,
)

VERSION = 1
metadata = MetaData()
# Ordered by code point in both: PostgreSQL would else sort by the language of the server.
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")
_ROW = BigInteger().with_variant(Integer(), "sqlite")  # only INTEGER is SQLite's own row number


def _text(name: str, *, empty: bool = False, index: bool = False) -> Column[str]:
    return Column(name, _TEXT, nullable=empty, index=index)


def _number(name: str, *, empty: bool = False, index: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=empty, index=index)


def _key(name: str) -> Column[int]:
    return Column(name, _ROW, primary_key=True, autoincrement=False)


store = Table("store", metadata, _number("schema_version"), _number("revision"))
revisions = Table(
    "revisions",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime, nullable=False, server_default=func.current_timestamp()),
)
circulars = Table(
    "circulars",
    metadata,
    _key("row"),
    _text("id", index=True),
    _text("sha256"),
    _number("ordinal"),
    _text("title", empty=True),
    _text("doc_type", empty=True),
    _text("doc_number", empty=True),
    _text("issuers"),
    Column("issue_date", Date),
    _text("same_number", empty=True),
    _text("same_text"),
    _text("age"),
    _text("words"),
    _text("number_words"),
    Column("current", Boolean, nullable=False),
    _text("digest"),
    _number("revision", index=True),
    _text("document"),
    Index("ix_circulars_source", "sha256", "ordinal", unique=True),
    Index("ix_circulars_number", "same_number", "age"),  # the first that is newer is soon found
    Index("ix_circulars_text", "same_text", "age"),
)
places = Table(
    "places",
    metadata,
    Column("path", _TEXT, primary_key=True),
    Column("name", _TEXT, primary_key=True),
    Column("sha256", _TEXT, primary_key=True, index=True),
    _text("source"),
    Column("current", Boolean, nullable=False),
)
items = Table(
    "items",
    metadata,
    _key("row"),
    Column("circular", _ROW, nullable=False, index=True),
    _number("position"),
    _text("id"),
    _text("key"),
    _text("parent", empty=True),
    _text("number"),
    _number("level"),
    _text("title"),
    _text("text"),
    Column("is_task", Boolean, nullable=False),
    _number("span_start"),
    _number("span_end"),
    _number("page", empty=True),
)
item_departments = Table(
    "item_departments",
    metadata,
    _key("item"),
    Column("role", _TEXT, primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("text"),
    _text("name", index=True),
    _text("kind"),
    _text("evidence", empty=True),
    _number("span_start"),
    _number("span_end"),
    sqlite_with_rowid=False,
)
time_limits = Table(
    "time_limits",
    metadata,
    _key("item"),
    Column("position", Integer, primary_key=True),
    _text("text"),
    _text("kind"),
    Column("start_date", Date),
    Column("end_date", Date, index=True),
    _text("recurrence", empty=True),
    _text("implied"),
    _text("basis", empty=True),
    Column("approximate", Boolean, nullable=False),
    Column("main", Boolean, nullable=False),
    _text("evidence"),
    _number("span_start"),
    _number("span_end"),
    sqlite_with_rowid=False,
)
issues = Table(
    "issues",
    metadata,
    _key("circular"),
    Column("position", Integer, primary_key=True),
    _text("code"),
    _text("severity"),
    _text("message"),
    _text("item", empty=True),
    _number("span_start", empty=True),
    _number("span_end", empty=True),
    sqlite_with_rowid=False,
)
# Every name that some unit has: few, where `item_departments` are many; looked through for parts of names.
names = Table("names", metadata, Column("name", _TEXT, primary_key=True), _text("words"))
# In SQLite an FTS5 table (DDL below), whose row number is that of the item; positions are not kept, as every hit is
# compared with the words themselves.
search = Table("search", MetaData(), _key("rowid"), _text("words"))
_FTS = "CREATE VIRTUAL TABLE search USING fts5(words, tokenize='trigram case_sensitive 1', detail=none, columnsize=0)"
# Two circulars are the same where the number (of one issuer, as far as both name it) or the whole text is, and they
# come from different sources.
_TWIN = "o.current AND c.current AND o.sha256 <> c.sha256 AND o.age > c.age AND "
_TWINS = {
    "number": "o.same_number = c.same_number AND (o.issuers = c.issuers OR o.issuers = '' OR c.issuers = '')",
    "text": "o.same_text = c.same_text",
}
_DUPLICATES = " UNION ALL ".join(
    f"SELECT c.row AS circular, o.row AS same_as, '{reason}' AS reason"
    f" FROM circulars c JOIN circulars o ON {_TWIN} {same}"
    for reason, same in _TWINS.items()
)
_LEDGER = "SELECT c.* FROM circulars c WHERE c.current " + " ".join(
    f"AND NOT EXISTS (SELECT 1 FROM circulars o WHERE {_TWIN} {same})" for same in _TWINS.values()
)
_AFTER = (
    (f"CREATE VIEW duplicates AS {_DUPLICATES}", None),
    (f"CREATE VIEW ledger AS {_LEDGER}", None),
    (_FTS, "sqlite"),
    ('CREATE TABLE search (rowid BIGINT PRIMARY KEY, words TEXT COLLATE "C" NOT NULL)', "postgresql"),
)
for _statement, _dialect in _AFTER:
    _made = DDL(_statement)  # type: ignore[no-untyped-call]
    event.listen(metadata, "after_create", _made.execute_if(dialect=_dialect))

VIEWS = MetaData()
ledger = Table("ledger", VIEWS, *(Column(column.name, column.type) for column in circulars.columns))
duplicates = Table(
    "duplicates", VIEWS, Column("circular", _ROW), Column("same_as", _ROW), Column("reason", _TEXT)
)
