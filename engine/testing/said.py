"""What a scenario says when something does not hold: one sentence in both languages, and which elements it is about."""

from __future__ import annotations

from engine.errors import EngineError
from engine.model import Label

#: English template -> Indonesian template, with the same things in the same places.
_INDONESIAN = {
    "none of {} alternatives: {}": "tidak satu pun dari {} kemungkinan: {}",
    "`{}` is no expectation; known: {}": "`{}` bukan harapan yang dikenal; yang dikenal: {}",
    "expected a fault ({}), but none arose": "diharapkan gangguan ({}), tetapi tidak ada yang muncul",
    "the step was rejected: {}: {}": "langkah ditolak: {}: {}",
    "a fault arose at {}: {}": "gangguan muncul di {}: {}",
    "expected the error {}, but got {}: {}": "diharapkan galat {}, tetapi yang terjadi {}: {}",
    "expected the rule {} to forbid it, but got {}: {}": "diharapkan dilarang aturan {}, tetapi yang terjadi {}: {}",
    "expected errors at the fields {}, but got {}: {}": "diharapkan galat pada isian {}, tetapi yang terjadi {}: {}",
    "expected the user tasks {}, but {} wait": "diharapkan tugas {}, tetapi yang menunggu {}",
    "expected no instance to run, but {} do": "diharapkan tidak ada instans berjalan, tetapi ada {}",
    "expected an instance to run, but {} do": "diharapkan ada instans berjalan, tetapi ada {}",
    "expected {} running root instances, but there are {}": "diharapkan {} instans utama berjalan, tetapi ada {}",
    "expected {} {} times at {}, but it was {} times": "diharapkan {} {} kali di {}, tetapi terjadi {} kali",
    "expected variables of {}, but no instance of it is alive": "diharapkan variabel {}, tetapi tidak ada yang hidup",
    "expected {} jobs of {}, but {} can be handed out": "diharapkan {} pekerjaan {}, tetapi {} siap diberikan",
    "expected no jobs, but of {} some can be handed out": "diharapkan tanpa pekerjaan, tetapi milik {} siap diberikan",
    "expected {} open faults at {}, but there are {}": "diharapkan {} gangguan terbuka di {}, tetapi ada {}",
    "expected a user task of {}, but there was none": "diharapkan tugas {}, tetapi tidak ada",
    "expected {} of {} to be {!r}, but it is {!r}": "diharapkan {} dari {} bernilai {!r}, tetapi nilainya {!r}",
    "expected the record {}, but there is none": "diharapkan rekaman {}, tetapi tidak ada",
    "expected {} notifications to {} so far, but there are {}": "diharapkan {} pemberitahuan ke {}, tetapi ada {}",
    "expected {} to be {!r}, but it is {!r}": "diharapkan {} bernilai {!r}, tetapi nilainya {!r}",
    "there is no {} of {}{}": "tidak ada {} dari {}{}",
    "no instance was started": "tidak ada instans yang dimulai",
    "no job of type {} can be handed out": "tidak ada pekerjaan berjenis {} yang siap diberikan",
}


class Said(str):
    """The English sentence; `label` has both, `elements` are the ids that it is about."""

    label: Label
    elements: tuple[str, ...]

    def __new__(cls, template: str, *facts: object, elements: tuple[str, ...] = ()) -> Said:
        """Fill the template; a fact that is an error or was said itself is told in both languages."""
        said = super().__new__(cls, template.format(*facts) if facts else template)
        indonesian = _INDONESIAN.get(template, template)
        said.label = Label(str(said), indonesian.format(*map(_in_indonesian, facts)) if facts else indonesian)
        said.elements = elements
        return said


def _in_indonesian(fact: object) -> object:
    return fact.label.id if isinstance(fact, EngineError | Said) else fact
