"""What the product itself tells people, where the content has no template of that name."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model import Label
from engine.outbox.templates import Template

_TEMPLATES = (
    Template(
        "dead_letter",
        Label("Nobody took {{ count }} message(s)", "{{ count }} pesan tidak diterima siapa pun"),
        Label(
            "{{ messages }}\n\nSomething that one procedure told another was not taken. An administrator can correct"
            " the number and publish it again, or give it up with a reason, on the page Undelivered messages.",
            "{{ messages }}\n\nSesuatu yang disampaikan satu prosedur kepada prosedur lain tidak diterima."
            " Administrator dapat memperbaiki nomornya lalu menerbitkannya lagi, atau membuangnya dengan alasan,"
            " di halaman Pesan tak tersampaikan.",
        ),
    ),
    Template(
        "mail_flood",
        Label("Many mails of {{ sender }}", "Banyak surel dari {{ sender }}"),
        Label(
            "More than {{ most }} mails came from this address within ten minutes. The others are parked, on the page"
            " Incoming mail.",
            "Lebih dari {{ most }} surel datang dari alamat ini dalam sepuluh menit. Sisanya diparkir, di halaman"
            " Surel masuk.",
        ),
    ),
    Template(
        "alert_cleared",
        Label("{{ number }}: the alert is over", "{{ number }}: peringatan sudah berakhir"),
        Label(
            "Monitoring says that {{ ci }} works again: {{ text }}\n\nCheck it, and record the resolution.",
            "Pemantauan menyatakan {{ ci }} berfungsi kembali: {{ text }}\n\nPeriksa, lalu catat penyelesaiannya.",
        ),
    ),
    Template(
        "record_commented",
        Label("{{ number }}: a comment of {{ author }}", "{{ number }}: komentar dari {{ author }}"),
        Label("{{ title }}\n\n{{ body }}", "{{ title }}\n\n{{ body }}"),
    ),
    Template(
        "record_moved",
        Label("{{ number }} is now: {{ state }}", "{{ number }} kini: {{ state }}"),
        Label(
            "{{ title }}\n\nBefore: {{ before }}\nNow: {{ state }}",
            "{{ title }}\n\nSebelumnya: {{ before }}\nKini: {{ state }}",
        ),
    ),
    Template(
        "record_edited",
        Label("{{ number }} was changed by {{ author }}", "{{ number }} diubah oleh {{ author }}"),
        Label(
            "{{ title }}\n\n{{ changes }}\n\nReason: {{ reason }}",
            "{{ title }}\n\n{{ changes }}\n\nAlasan: {{ reason }}",
        ),
    ),
)
BUILT_IN: Mapping[str, Template] = {template.key: template for template in _TEMPLATES}
