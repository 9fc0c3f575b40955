"""Questions about people: who is in a group, who heads a unit, who may do something for a record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from engine.people.ports import DutyRows, LinkRows, PeopleRows, ShiftRows
from engine.people.segregation import Rule, violated_rule

#: A record inherits the duties of what it is a part of or was raised from, and a whole those of its parts.
INHERITING_LINKS = ("part_of", "raised_from")
_PART_OF = "part_of"

#: Chains of records are short; this ends a circle that somebody linked.
_LONGEST_CHAIN = 10


class Directory:
    """People of one unit of work, with the rules of segregation that hold."""

    def __init__(
        self,
        people: PeopleRows,
        duties: DutyRows,
        links: LinkRows,
        rules: Mapping[str, Rule],
        shifts: ShiftRows | None = None,
    ) -> None:
        self._people = people
        self._shifts = shifts
        self._duties = duties
        self._links = links
        self._rules = rules

    def members(self, group: str, *, on_duty: bool = False) -> Sequence[str]:
        """Return the active members' login names; `on_duty`: only those on duty now, where the group has a roster.

        A roster with a gap gives nobody: whoever asked must appoint somebody, not take whom it did not plan.
        """
        if on_duty and self._shifts is not None and self._shifts.has_roster(group):
            return self._shifts.on_duty(group)
        return self._people.members(group)

    def unit_head_of(self, user: str) -> str | None:
        """Return the active head of the person's unit; None when there is none. Raises UserNotFound."""
        head = self._people.unit_head(self._people.get(user).unit)
        return head if head is not None and head in self._people.active([head]) else None

    def eligible(
        self,
        groups: Sequence[str],
        users: Sequence[str],
        rules: Sequence[str],
        number: str | None,
        *,
        on_duty: bool = False,
    ) -> tuple[Sequence[str], Sequence[tuple[str, str]]]:
        """Return (who may, (who may not, rule id)): active people, each once, in the order named.

        Without a record nobody has a duty yet, so no rule removes anybody. `on_duty`: of groups with a roster only who
        is on duty now.
        """
        named = [*(name for group in groups for name in self.members(group, on_duty=on_duty)), *users]
        active = self._people.active(set(named)) if named else frozenset()
        duties = self.duties_of(number) if number is not None and rules else {}
        may: list[str] = []
        removed: list[tuple[str, str]] = []
        for user in dict.fromkeys(name for name in named if name in active):
            rule = violated_rule(rules, self._rules, duties, user)
            if rule is None:
                may.append(user)
            else:
                removed.append((user, rule.id))
        return may, removed

    def duties_of(self, number: str) -> Mapping[str, Collection[str]]:
        """Return duty -> people, of the record and of those from which it inherits."""
        found: dict[str, set[str]] = {}
        for duty in self._duties.of(self._relatives(number)):
            found.setdefault(duty.duty, set()).add(duty.user)
        return found

    def _relatives(self, number: str) -> set[str]:
        relatives, newest = {number}, {number}
        for _ in range(_LONGEST_CHAIN):
            links = self._links.links(newest, INHERITING_LINKS)
            upward = {link.to_number for link in links if link.from_number in newest}
            # Only the record's own parts: the parts of what it is a part of are its siblings.
            parts = {link.from_number for link in links if link.to_number == number and link.kind == _PART_OF}
            newest = (upward | parts) - relatives
            if not newest:
                break
            relatives |= newest
        return relatives
