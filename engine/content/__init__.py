"""Content as it lies on disk - diagrams, decisions, forms, shared documents - and what is wrong with it."""

from engine.content.check import check_paths
from engine.content.folders import ContentFolder, content_folders, deployable, find_root, holds_procedures
from engine.content.reading import read_document

__all__ = [
    "ContentFolder",
    "check_paths",
    "content_folders",
    "deployable",
    "find_root",
    "holds_procedures",
    "read_document",
]
