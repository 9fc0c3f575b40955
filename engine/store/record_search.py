"""The words of all records, and who may read them: kept in the transaction that changes a record.

Who may read stands in the index itself, so that neither a hit nor a count nor the time that an answer takes tells of
records that the reader may not see. The condition `sees_record` is asked again for each hit: rights may have gone
since a record was indexed.

SQLite has an FTS5 table (`words`, `readers`), PostgreSQL a `tsvector` of words as they are (what its configuration
`simple` makes of them) with a GIN index.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    bindparam,
    column,
    delete,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.search_words import asked_words, reader_word, record_words
from engine.store.tables import process_instance, record, record_person, search_due, user_account, user_task
from engine.store.unit_of_work import UnitOfWork
from engine.store.workplace.readers import Reader

_CHUNK = 500
_SQLITE_ADD = text("INSERT INTO record_search (rowid, words, readers) VALUES (:key, :words, :readers)")
_SQLITE_REMOVE = text("DELETE FROM record_search WHERE rowid = :key")
_POSTGRESQL_ADD = text(
    "INSERT INTO record_search (record_key, lexemes) VALUES (:key, array_to_tsvector(CAST(:lexemes AS text[])))"
    " ON CONFLICT (record_key) DO UPDATE SET lexemes = excluded.lexemes"
)
_POSTGRESQL_REMOVE = text("DELETE FROM record_search WHERE record_key = :key")
#: Marks a reader among the lexemes; no word holds it.
_READER = ":"


def touch(work: UnitOfWork, record_key: int) -> None:
    """Have a record's words written anew when the transaction ends."""
    work.later(refresh, record_key)


def touch_tasks(work: UnitOfWork, root_instance_keys: Collection[int]) -> None:
    """Have the pump write the records of these root instances anew: their tasks give rights to read.

    One statement for the step that people wait for, whatever its record holds; `refresh_due` does the rest.
    """
    if root_instance_keys:
        insert = (sqlite if work.is_sqlite else postgresql).insert(search_due).on_conflict_do_nothing()
        work.execute(insert, [{"root_instance_key": key} for key in sorted(root_instance_keys)])


def is_due(work: UnitOfWork) -> bool:
    """Return whether records wait for `refresh_due`."""
    return work.execute(select(search_due.c.root_instance_key).limit(1)).first() is not None


def refresh_due(work: UnitOfWork, limit: int) -> int:
    """Write records anew whose tasks changed; return of how many root instances."""
    due = list(work.execute(select(search_due.c.root_instance_key).limit(limit)).scalars())
    if due:
        work.execute(delete(search_due).where(search_due.c.root_instance_key.in_(due)))
        owners = select(process_instance.c.record_key).where(
            process_instance.c.key.in_(due), process_instance.c.record_key.is_not(None)
        )
        refresh(work, sorted(set(work.execute(owners).scalars())))
    return len(due)


def refresh(work: UnitOfWork, record_keys: Collection[int]) -> None:
    """Write the words and readers of these records; those that do not exist lose theirs."""
    keys = sorted(record_keys)
    for start in range(0, len(keys), _CHUNK):
        _refresh(work, keys[start : start + _CHUNK])


def refresh_everything(work: UnitOfWork) -> None:
    """Write the words of all records, as a database needs that had none."""
    refresh(work, list(work.execute(select(record.c.key)).scalars()))


def matching_keys(work: UnitOfWork, reader: Reader, asked: str) -> Select[Any] | None:
    """Return the question for the keys of records with all words of `asked` that `reader` may read; None without words.

    Words may go on; signs mean nothing, so no text is an error or does more than search.
    """
    groups = asked_words(asked)
    if not groups:
        return None
    return _matching(work, groups, reader)


def newest_matching(work: UnitOfWork, reader: Reader, asked: str, *, before: int | None, limit: int) -> list[int]:
    """Return the keys of the newest such records, older than `before`; none without words."""
    groups = asked_words(asked)
    return _newest(work, reader, groups, before=before, limit=limit) if groups else []


def newest_mentioning(work: UnitOfWork, reader: Reader, word: str, *, limit: int) -> list[int]:
    """Return the keys of the newest records with exactly this word that `reader` may read."""
    return _newest(work, reader, [[word]], before=None, limit=limit, is_prefix=False)


def key_column(work: UnitOfWork) -> ColumnElement[int]:
    """Return the record's key in the index, by which it is ordered."""
    return column("rowid", BigInteger) if work.is_sqlite else column("record_key", BigInteger)


# ---- asking ---------------------------------------------------------------------------------


def _newest(
    work: UnitOfWork,
    reader: Reader,
    groups: Sequence[Sequence[str]],
    *,
    before: int | None,
    limit: int,
    is_prefix: bool = True,
) -> list[int]:
    # Nothing else stands in this statement: frequent words are answered by walking the keys backwards, and the
    # planner sees that only while no other table is joined.
    query = _matching(work, groups, reader, is_prefix=is_prefix)
    if before is not None:
        query = query.where(key_column(work) < before)
    is_rare = not is_prefix or any(len(group) > 1 for group in groups)
    if is_rare and not work.is_sqlite:
        # Of a word that is nearly unique the planner believes that it is frequent, and would walk through all keys.
        found = query.cte("found").prefix_with("MATERIALIZED")
        query = select(found.c.found_key)
        return list(work.execute(query.order_by(found.c.found_key.desc()).limit(limit)).scalars())
    return list(work.execute(query.order_by(key_column(work).desc()).limit(limit)).scalars())


def _matching(
    work: UnitOfWork, groups: Sequence[Sequence[str]], reader: Reader, *, is_prefix: bool = True
) -> Select[Any]:
    key = key_column(work).label("found_key")
    readers = [reader_word(name) for name in rights_of(reader)]
    if work.is_sqlite:
        condition = literal_column("record_search").op("MATCH", is_comparison=True)(
            bindparam("asked", _fts5(groups, readers, is_prefix))
        )
    else:
        tsquery = bindparam("asked", _tsquery(groups, readers, is_prefix), type_=String).op("::")
        condition = column("lexemes").op("@@", is_comparison=True)(tsquery(literal_column("tsquery")))
    return select(key).select_from(table("record_search")).where(condition)


def _fts5(groups: Sequence[Sequence[str]], readers: Sequence[str], is_prefix: bool) -> str:
    mark = "*" if is_prefix else ""
    anyone = [" OR ".join(f'"{word}"{mark}' for word in group) for group in groups]
    words = " AND ".join(f"({one})" for one in anyone)
    return f"words : ({words}) AND readers : ({' OR '.join(readers)})"


def _tsquery(groups: Sequence[Sequence[str]], readers: Sequence[str], is_prefix: bool) -> str:
    mark = ":*" if is_prefix else ""
    words = " & ".join(f"({' | '.join(_quoted(word) + mark for word in group)})" for group in groups)
    return f"({words}) & ({' | '.join(_quoted(_READER + name) for name in readers)})"


def _quoted(lexeme: str) -> str:
    # Words are letters and digits alone; doubled all the same, so that this is safe wherever they come from.
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def rights_of(reader: Reader) -> list[str]:
    """Return by what this person may read: the own name, groups, registers, everything open."""
    rights = [*reader.inboxes]
    rights += [f"t:{name}" for name in sorted(reader.registers)]
    rights += [f"x:{name}" for name in sorted(reader.restricted_registers)]
    return [*rights, "o"] if reader.reads_all else rights


# ---- keeping --------------------------------------------------------------------------------


def _refresh(work: UnitOfWork, keys: Sequence[int]) -> None:
    rows = list(_rows(work, keys))
    if not work.is_sqlite:
        gone = set(keys) - {row["key"] for row in rows}
        if gone:
            work.execute(_POSTGRESQL_REMOVE, [{"key": key} for key in gone])
        if rows:
            lexemes = [[*row["words"], *(_READER + name for name in row["readers"])] for row in rows]
            added = [{"key": row["key"], "lexemes": found} for row, found in zip(rows, lexemes, strict=True)]
            work.execute(_POSTGRESQL_ADD, added)
        return
    work.execute(_SQLITE_REMOVE, [{"key": key} for key in keys])
    if rows:
        written = {row["key"]: {name: " ".join(row[name]) for name in ("words", "readers")} for row in rows}
        work.execute(_SQLITE_ADD, [{"key": key, **texts} for key, texts in written.items()])


def _rows(work: UnitOfWork, keys: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    names = select(record, user_account.c.display_name).outerjoin(
        user_account, user_account.c.name == record.c.requester
    )
    found = work.execute(names.where(record.c.key.in_(keys))).all()
    readers = _readers_of_people(work, keys)
    for key, more in _readers_of_tasks(work, keys).items():
        readers.setdefault(key, set()).update(more)
    for row in found:
        others = [row.fields, row.display_name or row.requester or ""]
        may_read = {*readers.get(row.key, ()), f"x:{row.type}"}
        may_read |= {f"u:{row.requester}"} if row.requester else set()
        may_read |= set() if row.is_restricted else {f"t:{row.type}", "o"}
        yield {
            "key": row.key,
            "words": record_words(row.number, row.title, others),
            "readers": [reader_word(name) for name in sorted(may_read)],
        }


def _readers_of_people(work: UnitOfWork, keys: Sequence[int]) -> dict[int, set[str]]:
    readers: dict[int, set[str]] = {}
    people = select(record_person.c.record_key, record_person.c.user_name).where(record_person.c.record_key.in_(keys))
    for row in work.execute(people):
        readers.setdefault(row.record_key, set()).add(f"u:{row.user_name}")
    return readers


def _readers_of_tasks(work: UnitOfWork, keys: Sequence[int]) -> dict[int, set[str]]:
    """Return whom `works_on` lets see the tasks of each record."""
    root, part = process_instance.alias("root"), process_instance.alias("part")
    task = user_task.c
    query = (
        select(root.c.record_key, task.assignee, task.completed_by, task.candidate_groups, task.candidate_users)
        .select_from(root)
        .join(part, part.c.root_instance_key == root.c.key)
        .join(user_task, task.instance_key == part.c.key)
        .where(root.c.record_key.in_(keys))
    )
    readers: dict[int, set[str]] = {}
    for row in work.execute(query):
        of_record = readers.setdefault(row.record_key, set())
        of_record.update(f"u:{name}" for name in (row.assignee, row.completed_by, *row.candidate_users) if name)
        of_record.update(f"g:{name}" for name in row.candidate_groups)
    return readers
