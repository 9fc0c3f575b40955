"""The words of findings in both languages."""

from __future__ import annotations

from engine.model import Label

_INDONESIAN = {
    "active elements": "elemen aktif",
    "assignee": "penerima tugas",
    "called process id": "id proses yang dipanggil",
    "candidate groups": "kelompok calon",
    "candidate users": "orang calon",
    "completion condition": "syarat selesai",
    "condition": "syarat",
    "correlation key": "kunci korelasi",
    "decision id": "id keputusan",
    "due date": "batas waktu",
    "error": "galat",
    "error code": "kode galat",
    "escalation": "eskalasi",
    "escalation code": "kode eskalasi",
    "follow-up date": "tanggal tindak lanjut",
    "input collection": "koleksi masukan",
    "input mapping": "pemetaan masukan",
    "job type": "tipe pekerjaan",
    "listener type": "tipe pendengar",
    "loop cardinality": "jumlah pengulangan",
    "loop condition": "syarat pengulangan",
    "loop data input": "data masukan pengulangan",
    "message": "pesan",
    "message name": "nama pesan",
    "output element": "elemen hasil",
    "output mapping": "pemetaan keluaran",
    "priority": "prioritas",
    "retries": "jumlah percobaan",
    "script": "skrip",
    "signal": "sinyal",
    "signal name": "nama sinyal",
    "timer cycle": "siklus pewaktu",
    "timer date": "tanggal pewaktu",
    "timer duration": "durasi pewaktu",
}


def term(english: str) -> Label:
    """Return a technical word in both languages."""
    return Label(english, _INDONESIAN[english])
