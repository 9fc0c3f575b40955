"""What the XML parser says about a broken file, in words that a person understands, in both languages."""

from __future__ import annotations

import re

from engine.model import Label

#: Pattern of libxml2's message -> what it means in English and Indonesian; groups stand in both by number.
_MISTAKES = tuple(
    (re.compile(pattern), english, indonesian)
    for pattern, english, indonesian in (
        (
            r"Opening and ending tag mismatch: (\S+) line (\d+) and ([^\s,]+)",
            "the tag <{0}> of line {1} is closed by </{2}>",
            "tag <{0}> dari baris {1} ditutup oleh </{2}>",
        ),
        (
            r"Premature end of data in tag (\S+) line (\d+)",
            "the file ends inside the tag <{0}> of line {1}",
            "berkas berakhir di dalam tag <{0}> dari baris {1}",
        ),
        (r"Couldn't find end of Start Tag (\S+)", "the tag <{0} is not ended by >", "tag <{0} tidak diakhiri >"),
        (r"Document is empty", "the file is empty", "berkas kosong"),
        (r"Start tag expected", "the file does not begin with a tag", "berkas tidak diawali tag"),
        (r"Extra content at the end", "something stands after the last tag", "ada isi setelah tag terakhir"),
        (r"Attribute (\S+) redefined", "the attribute {0} stands there twice", "atribut {0} tertulis dua kali"),
        (r"Namespace prefix (\S+)", "the prefix {0} is declared nowhere", "awalan {0} tidak dideklarasikan"),
        (r"AttValue|attributes construct", "an attribute is not in quotes", "nilai atribut tidak dalam tanda kutip"),
        (r"EntityRef|Entity '", "write an & as &amp;", "tulis & sebagai &amp;"),
        (r"Unescaped '<'|StartTag: invalid", "write a < in text as &lt;", "tulis < di dalam teks sebagai &lt;"),
        (r"not proper UTF-8|encoding", "it is not UTF-8 text", "berkas bukan teks UTF-8"),
        (r"[Cc]har", "a character stands there that XML does not allow", "ada karakter yang tidak boleh dalam XML"),
    )
)
#: The parser repeats the place, and the name of a file that there is not.
_PLACE = re.compile(r",? line \d+, column \d+.*$|\s*\(<string>.*\)$")


def xml_mistake(error: Exception) -> Label:
    """Return place and mistake, as "line 16, column 17: the tag <process> of line 3 is closed by </proces>"."""
    label = _meaning(_PLACE.sub("", str(error)))
    line, column = getattr(error, "position", None) or (None, None)
    if not line:
        return label
    return Label(f"line {line}, column {column}: {label.en}", f"baris {line}, kolom {column}: {label.id}")


def _meaning(message: str) -> Label:
    for pattern, english, indonesian in _MISTAKES:
        if match := pattern.search(message):
            return Label(english.format(*match.groups()), indonesian.format(*match.groups()))
    return Label(message, f"tag atau atributnya tidak dapat dibaca ({message})")
