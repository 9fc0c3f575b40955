"""Which keys a form, or a row of a list, has taken."""

from __future__ import annotations


class KeySpace:
    """Keys of one object; a key may neither stand twice nor lie inside another field's key."""

    def __init__(self, taken: dict[tuple[str, ...], bool] | None = None, prefix: tuple[str, ...] = ()) -> None:
        self._taken = taken if taken is not None else {}
        self._prefix = prefix

    def inside(self, path: tuple[str, ...]) -> KeySpace:
        """Return the space of a group; without a path it is the same space."""
        return KeySpace(self._taken, (*self._prefix, *path))

    def take(self, path: tuple[str, ...], *, is_group: bool = False) -> bool:
        """Take a key and return whether it was free; several groups may share a path."""
        full = (*self._prefix, *path)
        # Objects on the way to a key: other keys may share them, but no field may be one.
        objects = [full[:end] for end in range(len(self._prefix) + 1, len(full) + is_group)]
        is_free = not any(self._taken.get(path) for path in objects) and (is_group or full not in self._taken)
        for way in objects:
            self._taken.setdefault(way, False)
        if not is_group:
            self._taken[full] = True
        return is_free
