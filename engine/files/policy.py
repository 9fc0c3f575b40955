"""Which files come in: how large, of which kinds. The kind is what the bytes are, never what the browser says."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePath

import filetype  # type: ignore[import-untyped]

from engine.model import Label

_OFFICE = "application/vnd.openxmlformats-officedocument"
#: Part of an OOXML package -> its media type.
_PACKAGES = {
    "word/": f"{_OFFICE}.wordprocessingml.document",
    "xl/": f"{_OFFICE}.spreadsheetml.sheet",
    "ppt/": f"{_OFFICE}.presentationml.presentation",
}
_TEXTS = {".csv": "text/csv", ".json": "application/json", ".eml": "message/rfc822", ".md": "text/markdown"}
#: What a browser would run, by how it begins.
_MARKUP = (("<!doctype html", "text/html"), ("<html", "text/html"), ("<script", "text/html"), ("<svg", "image/svg+xml"))
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
#: Run by a double click, whatever their bytes say.
_RUN = frozenset(
    (
        ".bat .cmd .com .cpl .exe .hta .jar .js .jse .lnk .msi .msp .pif .ps1 .reg .scr .sh .svg .vb .vbe .vbs .wsf"
        " .wsh .htm .html .xhtml .mht"
    ).split()
)
_SNIFFED = 8_192

DEFAULT_KINDS = (
    "application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/tiff", "image/bmp", "image/heic",
    "text/plain", "text/csv", "text/markdown", "application/json", "message/rfc822", "application/rtf",
    f"{_OFFICE}.*", "application/vnd.oasis.opendocument.*", "application/x-ole-storage", "application/zip",
    "audio/mpeg", "video/mp4",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileRefusal:
    """Why a file was not taken."""

    name: str
    reason: Label


@dataclass(frozen=True, slots=True)
class FilePolicy:
    """Limits of one installation; `kinds` are media types, `*` stands for anything."""

    most_bytes: int = 25 * 1024 * 1024
    kinds: tuple[str, ...] = DEFAULT_KINDS

    def refusal(self, name: str, content: bytes) -> FileRefusal | None:
        """Return why a file may not come in; None when it may."""
        if not content:
            return FileRefusal(name, Label("The file is empty.", "Berkas kosong."))
        if len(content) > self.most_bytes:
            most = self.most_bytes / 1024 / 1024
            reason = Label(f"It is larger than {most:g} MB.", f"Ukurannya lebih dari {most:g} MB.")
            return FileRefusal(name, reason)
        kind, suffix = media_type(name, content), PurePath(name).suffix.lower()
        if suffix in _RUN or not any(fnmatchcase(kind, wanted) for wanted in self.kinds):
            what = suffix if suffix in _RUN else kind
            return FileRefusal(
                name,
                Label(f"Files of this kind ({what}) are not taken.", f"Berkas jenis ini ({what}) tidak diterima."),
            )
        return None


def media_type(name: str, content: bytes) -> str:
    """Return what the bytes are; the name only tells kinds of text apart."""
    if content.startswith(_COMPOUND):
        return "application/x-ole-storage"
    guessed = filetype.guess(content[:_SNIFFED])
    found = str(guessed.mime) if guessed is not None else ""
    if found == "application/zip" or content.startswith(b"PK\x03\x04"):
        return _package(content)
    return found or _text(name, content)


def _package(content: bytes) -> str:
    """Return what a ZIP holds: an office document says so in its first entries."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()[:2_000]
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                return package.read("mimetype").decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return "application/octet-stream"
    if "[Content_Types].xml" in names:
        return next((kind for part, kind in _PACKAGES.items() if any(n.startswith(part) for n in names)), _ZIP)
    return _ZIP


_ZIP = "application/zip"


def _text(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "application/octet-stream"
    if any(sign < " " and sign not in "\t\n\r\f\x1b" for sign in text[:_SNIFFED]):
        return "application/octet-stream"
    beginning = text[:_SNIFFED].lstrip().lower()
    for start, kind in _MARKUP:
        if beginning.startswith(start) or (beginning.startswith("<?xml") and start in beginning):
            return kind
    return _TEXTS.get(PurePath(name).suffix.lower(), "text/plain")
