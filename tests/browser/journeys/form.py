"""Fills a form in as a person does: by click and keyboard, field after field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect


def fill(page: Page, answers: Mapping[str, Any]) -> None:
    """Answer the fields of the page's form; a field that appears by an answer is waited for."""
    for name, value in _fields(answers):
        _answer(page, name, value)


def _fields(answers: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in answers.items():
        path = f"{prefix}{name}"
        if isinstance(value, Mapping):
            yield from _fields(value, f"{path}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for index, row in enumerate(value):
                yield f"{path}[{index}]", None
                yield from _fields(row, f"{path}[{index}].")
        else:
            yield path, value


def _answer(page: Page, name: str, value: Any) -> None:
    if value is None:
        _need_row(page, name)
        return
    if isinstance(value, Path):
        _attach(page, name, value)
        return
    field = page.locator(f'[name="{name}"]:not([type=hidden])')
    expect(field.first).to_be_attached()
    kind = field.first.get_attribute("type") or field.first.evaluate("one => one.localName")
    if kind == "select":
        _choose(page, field, value)
    elif kind == "radio":
        _tick(page, field, [value])
    elif kind == "checkbox" and isinstance(value, list):
        _tick(page, field, value)
    elif kind == "checkbox":
        field.set_checked(bool(value))
    else:
        field.fill(str(value))


def _need_row(page: Page, row: str) -> None:
    """Add a row when there is none of this number."""
    rows = page.locator(f'[name^="{row}."]:not([type=hidden])')
    if rows.count() == 0:
        page.locator(f'button[name=_add][value="{row.rpartition("[")[0]}"]').click()
        expect(rows.first).to_be_visible()


def _attach(page: Page, name: str, file: Path) -> None:
    page.locator(f'[name="{name}!upload"]').set_input_files(file)
    expect(page.locator(".file-list", has_text=file.name)).to_be_visible()


def _tick(page: Page, field: Locator, values: list[Any]) -> None:
    for value in values:
        text = str(value).lower() if isinstance(value, bool) else value
        box = field.and_(page.locator(f'[value="{text}"]'))
        if not box.is_checked():  # some are, by the form's own proposal
            page.locator("label").filter(has=box).click()
            expect(box).to_be_checked()


def _choose(page: Page, field: Locator, value: Any) -> None:
    """Choose in a list, or search in it and take what is found where the list is long."""
    wanted = value if isinstance(value, list) else [value]
    if field.get_attribute("data-enhanced") is None:
        field.select_option(wanted)
        return
    box = page.locator(".combobox").filter(has=page.locator(f'[aria-controls="{field.get_attribute("id")}-list"]'))
    for one in wanted:
        text = field.locator(f'option[value="{one}"]').text_content() or ""
        box.get_by_role("combobox").fill(text.strip())
        box.get_by_role("option", name=text.strip(), exact=True).click()
