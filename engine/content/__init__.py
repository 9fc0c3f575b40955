"""Content as it lies on disk: folders of diagrams, decisions, forms and shared documents."""
