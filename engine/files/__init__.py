"""Files that people attach: what may come in, and where their bytes lie. Knows no records and no database."""

from engine.files.files import Files, FileSettings, open_files
from engine.files.local_folder import LocalFolder
from engine.files.object_store import Bucket, ObjectStore
from engine.files.policy import FilePolicy, FileRefusal
from engine.files.scanning import Clamd
from engine.files.storage import FileStorage

__all__ = [
    "Bucket",
    "Clamd",
    "FilePolicy",
    "FileRefusal",
    "FileSettings",
    "FileStorage",
    "Files",
    "LocalFolder",
    "ObjectStore",
    "open_files",
]
