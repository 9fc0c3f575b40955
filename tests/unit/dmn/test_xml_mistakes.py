"""A broken file is described by place and mistake, without the parser's own words."""

from __future__ import annotations

import pytest

from engine.bpmn import parse
from engine.dmn import parse_decisions
from engine.errors import DefinitionInvalid


@pytest.mark.parametrize(
    ("content", "english", "indonesian"),
    [
        (b"", "the file is empty", "berkas kosong"),
        (b"<a>\n <b>\n</a>", "the tag <b> of line 2 is closed by </a>", "tag <b> dari baris 2 ditutup oleh </a>"),
        (b"<a>\n<b>", "the file ends inside the tag <b> of line 2", "berkas berakhir di dalam tag <b> dari baris 2"),
        (b"<a", "the tag <a is not ended by >", "tag <a tidak diakhiri >"),
        (b"<a/><b/>", "something stands after the last tag", "ada isi setelah tag terakhir"),
        (b'<a x="1" x="2"/>', "the attribute x stands there twice", "atribut x tertulis dua kali"),
        (b"<p:a/>", "the prefix p is declared nowhere", "awalan p tidak dideklarasikan"),
        (b"<a x=1/>", "an attribute is not in quotes", "nilai atribut tidak dalam tanda kutip"),
        (b"<a>1 & 2</a>", "write an & as &amp;", "tulis & sebagai &amp;"),
        (b"<a>\xff</a>", "it is not UTF-8 text", "berkas bukan teks UTF-8"),
        (b"{}", "the file does not begin with a tag", "berkas tidak diawali tag"),
    ],
)
def test_a_mistake_has_a_place_and_plain_words(content: bytes, english: str, indonesian: str) -> None:
    for read in (parse, parse_decisions):
        with pytest.raises(DefinitionInvalid) as refused:
            read(content, "x.xml")
        [finding] = refused.value.findings
        assert english in finding.reason.en
        assert indonesian in finding.reason.id
        assert finding.line is not None
        assert "line" in finding.reason.en
        assert "kolom" in finding.reason.id
        assert "<string>" not in finding.reason.en + finding.reason.id
