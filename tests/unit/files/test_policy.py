"""Which files come in: what they are is read from their bytes."""

from __future__ import annotations

import io
import zipfile

import pytest

from engine.files import FilePolicy
from engine.files.policy import media_type

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
PROGRAM = b"MZ\x90\x00" + b"\0" * 300
ODT = "application/vnd.oasis.opendocument.text"
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 300


def package(*names: str, mimetype: str = "") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, "x")
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.pdf", PNG, "image/png"),
        ("a.png", PROGRAM, "application/x-msdownload"),
        ("notes.txt", b"Halo \xe2\x80\x93 dunia\n", "text/plain"),
        ("list.csv", b"a;b\n1;2\n", "text/csv"),
        ("page.txt", b"  <!DOCTYPE html><script>", "text/html"),
        ("a.txt", b'<?xml version="1.0"?><svg onload="x"/>', "image/svg+xml"),
        ("a.bin", b"\0\1\2\3", "application/octet-stream"),
        ("a.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "application/x-ole-storage"),
        ("a.zip", package("readme.txt"), "application/zip"),
        ("broken.zip", b"PK\x03\x04" + b"\0" * 50, "application/octet-stream"),
        (
            "a.docx",
            package("[Content_Types].xml", "word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            "a.odt",
            package(mimetype="application/vnd.oasis.opendocument.text"),
            "application/vnd.oasis.opendocument.text",
        ),
    ],
)
def test_the_kind_is_what_the_bytes_are(name: str, content: bytes, expected: str) -> None:
    assert media_type(name, content) == expected


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", PDF), ("a.png", PNG), ("list.csv", b"a;b"), ("a.txt", b"hello")]
)
def test_documents_pictures_and_text_come_in(name: str, content: bytes) -> None:
    assert FilePolicy().refusal(name, content) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PROGRAM),
        ("a.txt", ELF),
        ("a.txt", b"<script>alert(1)</script>"),
        ("a.bat", b"del *"),
        ("a.html", b"only text"),
        ("picture.svg", b"only text"),
        ("empty.txt", b""),
    ],
)
def test_what_runs_does_not_come_in_whatever_it_is_called(name: str, content: bytes) -> None:
    refused = FilePolicy().refusal(name, content)
    assert refused is not None
    assert refused.reason.id != refused.reason.en


def test_sizes_and_kinds_are_settings() -> None:
    policy = FilePolicy(most_bytes=10, kinds=("image/*",))
    assert policy.refusal("a.png", PNG[:9]) is None
    too_large = policy.refusal("a.png", PNG)
    assert too_large is not None
    assert "larger" in too_large.reason.en
    assert policy.refusal("a.txt", b"text") is not None
