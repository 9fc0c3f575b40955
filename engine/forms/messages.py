"""What a person is told beside a field, in both languages; `name` is the field's label."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from engine.model import Label

_MONTHS_EN = "January February March April May June July August September October November December".split()
_MONTHS_ID = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()


def required(name: Label, min_length: int | None = None) -> Label:
    """Nothing was entered."""
    if min_length:
        return Label(
            f"{name.en} is required, at least {min_length} characters.",
            f"{name.id} wajib diisi, minimal {min_length} karakter.",
        )
    return Label(f"{name.en} is required.", f"{name.id} wajib diisi.")


def must_be_chosen(name: Label) -> Label:
    """Nothing was chosen."""
    return Label(f"{name.en}: choose at least one option.", f"{name.id}: pilih paling sedikit satu.")


def must_be_ticked(name: Label) -> Label:
    """A box must be ticked to go on."""
    return Label(f"{name.en}: this box must be ticked.", f"{name.id}: kotak ini harus dicentang.")


def needs_rows(name: Label, count: int) -> Label:
    """A list has too few rows."""
    return Label(f"{name.en}: add at least {count} row(s).", f"{name.id}: isi paling sedikit {count} baris.")


def too_many_rows(name: Label, count: int) -> Label:
    """A list has too many rows."""
    return Label(f"{name.en}: at most {count} rows.", f"{name.id}: paling banyak {count} baris.")


def too_short(name: Label, least: int, found: int) -> Label:
    """A text is too short."""
    return Label(
        f"{name.en}: at least {least} characters, now {found}.",
        f"{name.id}: minimal {least} karakter, sekarang {found}.",
    )


def too_long(name: Label, most: int, found: int) -> Label:
    """A text is too long."""
    return Label(
        f"{name.en}: at most {most} characters, now {found}.", f"{name.id}: maksimal {most} karakter, sekarang {found}."
    )


def wrong_kind(name: Label) -> Label:
    """A value of another type than the field's; only a program sends this."""
    return Label(f"{name.en}: this kind of value does not fit here.", f"{name.id}: jenis nilai ini tidak sesuai.")


def unprintable(name: Label) -> Label:
    """A text with control characters."""
    return Label(
        f"{name.en} contains characters that cannot be stored. Type it again instead of pasting it.",
        f"{name.id} berisi karakter yang tidak dapat disimpan. Ketik ulang, jangan ditempel.",
    )


def wrong_pattern(name: Label) -> Label:
    """A text does not match the author's pattern, and the author gave no message."""
    return Label(f"{name.en} is not written as expected.", f"Penulisan {name.id} tidak sesuai format.")


def no_email(name: Label) -> Label:
    """Not an address."""
    return Label(
        f"{name.en} must be an e-mail address, such as name@example.go.id.",
        f"{name.id} harus berupa alamat surel, misalnya nama@example.go.id.",
    )


def no_phone(name: Label) -> Label:
    """Not a phone number."""
    return Label(
        f"{name.en} must be a phone number, such as +62 21 1234567.",
        f"{name.id} harus berupa nomor telepon, misalnya +62 21 1234567.",
    )


def no_duration(name: Label) -> Label:
    """Not a duration."""
    return Label(
        f"{name.en} must be a duration in days, hours and minutes.",
        f"{name.id} harus berupa lama waktu dalam hari, jam, dan menit.",
    )


def no_number(name: Label) -> Label:
    """Not a number."""
    return Label(f"{name.en} must be a number.", f"{name.id} harus berupa angka.")


def too_many_digits(name: Label, digits: int) -> Label:
    """More decimals than allowed."""
    if digits == 0:
        return Label(f"{name.en} must be a whole number.", f"{name.id} harus berupa bilangan bulat.")
    return Label(
        f"{name.en}: at most {digits} digits after the decimal point.",
        f"{name.id}: paling banyak {digits} angka di belakang koma.",
    )


def not_a_step(name: Label, step: Decimal) -> Label:
    """Not a multiple of the increment."""
    return Label(f"{name.en} must be a multiple of {step}.", f"{name.id} harus kelipatan {step}.")


def too_small(name: Label, least: Decimal) -> Label:
    """Below the minimum."""
    return Label(f"{name.en} must be at least {least}.", f"{name.id} paling kecil {least}.")


def too_large(name: Label, most: Decimal) -> Label:
    """Above the maximum."""
    return Label(f"{name.en} must be at most {most}.", f"{name.id} paling besar {most}.")


def no_date(name: Label) -> Label:
    """Not a date."""
    return Label(f"{name.en} must be a date that exists.", f"{name.id} harus berupa tanggal yang ada di kalender.")


def no_time(name: Label) -> Label:
    """Not a time of day."""
    return Label(f"{name.en} must be a time such as 13:30.", f"{name.id} harus berupa waktu, misalnya 13.30.")


def no_date_time(name: Label) -> Label:
    """Not a date with a time."""
    return Label(f"{name.en} must be a date with a time.", f"{name.id} harus berupa tanggal dan waktu.")


def not_at_interval(name: Label, minutes: int) -> Label:
    """The time is not one of the offered ones."""
    return Label(
        f"{name.en}: choose a time in steps of {minutes} minutes.", f"{name.id}: pilih waktu tiap {minutes} menit."
    )


def must_be_future(name: Label) -> Label:
    """A past date or time where a future one is needed."""
    return Label(f"{name.en} must lie in the future.", f"{name.id} harus di masa mendatang.")


def must_not_be_past(name: Label) -> Label:
    """A past date or time."""
    return Label(f"{name.en} must not lie in the past.", f"{name.id} tidak boleh di masa lampau.")


def too_early(name: Label, bound: date | datetime) -> Label:
    """Before the earliest date."""
    return Label(
        f"{name.en}: {_spoken(bound, 'en')} at the earliest.", f"{name.id}: paling awal {_spoken(bound, 'id')}."
    )


def too_late(name: Label, bound: date | datetime) -> Label:
    """After the latest date."""
    return Label(
        f"{name.en}: {_spoken(bound, 'en')} at the latest.", f"{name.id}: paling lambat {_spoken(bound, 'id')}."
    )


def not_offered(name: Label) -> Label:
    """The option does not exist, or no longer."""
    return Label(
        f"{name.en}: this choice is not, or no longer, offered. Choose again.",
        f"{name.id}: pilihan ini tidak atau tidak lagi tersedia. Pilih lagi.",
    )


def one_file_only(name: Label) -> Label:
    """Several files where one is allowed."""
    return Label(f"{name.en}: one file only.", f"{name.id}: hanya satu berkas.")


def too_many_files(name: Label, count: int) -> Label:
    """More files than allowed."""
    return Label(f"{name.en}: at most {count} files.", f"{name.id}: paling banyak {count} berkas.")


def unknown_file(name: Label) -> Label:
    """A reference to a file that is not there (any more)."""
    return Label(
        f"{name.en}: a file is no longer there. Attach it again.", f"{name.id}: ada berkas yang hilang. Lampirkan lagi."
    )


def wrong_file_type(name: Label, file_name: str, accepted: str) -> Label:
    """A file of a type that the field does not accept."""
    return Label(
        f"{name.en}: {file_name} is not one of the accepted types ({accepted}).",
        f"{name.id}: {file_name} bukan jenis berkas yang diterima ({accepted}).",
    )


def rule_broken(name: Label) -> Label:
    """A rule of the author is false, and the author gave no message."""
    return Label(f"{name.en} does not fit the other values.", f"{name.id} tidak cocok dengan isian lain.")


def cannot_be_checked(name: Label) -> Label:
    """A rule costs more than an expression may."""
    return Label(f"{name.en} is too large to be checked.", f"{name.id} terlalu besar untuk diperiksa.")


def _spoken(moment: date | datetime, language: str) -> str:
    month = (_MONTHS_ID if language == "id" else _MONTHS_EN)[moment.month - 1]
    day = f"{moment.day} {month} {moment.year}"
    if not isinstance(moment, datetime):
        return day
    return f"{day} {moment:%H.%M}" if language == "id" else f"{day} {moment:%H:%M}"
