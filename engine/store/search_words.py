"""Words as the search index keeps them, the same on both databases: letters and digits, without case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any

#: Longer words are cut; so are texts beyond so many different words.
_LONGEST, _MOST = 40, 4_000
#: Nobody asks for more words at once.
_MOST_ASKED = 12
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"([A-Za-z]{2,8})-(\d{4})-(\d{6,})")
#: Stands before the number of another record that a field names.
_MENTION = "ref"


def fold(text: str) -> str:
    """Return a text without case and accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()


def words_of(text: str) -> list[str]:
    """Return the words of a text in order."""
    return [word[:_LONGEST] for word in _WORD.findall(fold(text))]


def number_word(number: str) -> str:
    """Return a record's number as one word."""
    return "".join(words_of(number))


def mention_word(number: str) -> str:
    """Return the word of every record whose fields name that number."""
    return f"{_MENTION}{number_word(number)}"[:_LONGEST]


def record_words(number: str, title: str, others: Any) -> list[str]:
    """Return the words by which a record is found: its number, title, and all texts inside `others`, each once."""
    found: dict[str, None] = dict.fromkeys([number_word(number), *words_of(number), *words_of(title)])
    for leaf in _leaves(others):
        is_number = isinstance(leaf, str) and _NUMBER.fullmatch(leaf)
        found.update(dict.fromkeys([mention_word(leaf)] if is_number else words_of(str(leaf))))
        if len(found) > _MOST:
            break
    return list(found)[:_MOST]


def asked_words(text: str) -> list[list[str]]:
    """Return what was asked for: each word as its alternatives, all of them may go on (`serv` finds `server`).

    The full number of a record finds it, and the records that name it.
    """
    asked: list[list[str]] = []
    for part in text.split():
        if _NUMBER.fullmatch(part):
            asked.append([number_word(part), mention_word(part)])
        else:
            asked += [[word] for word in words_of(part)]
    return asked[:_MOST_ASKED]


def reader_word(reader: str) -> str:
    """Return a word that stands for who may read: `u:budi`, `g:board`, `t:SVC`. No text holds it by chance."""
    return f"r{blake2b(reader.encode(), digest_size=9).hexdigest()}"


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part)
    elif isinstance(value, str) or (isinstance(value, int | float) and not isinstance(value, bool)):
        yield value
