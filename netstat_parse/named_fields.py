"""`NamedFields`, the base of small classes with named fields.

Used as `typing.NamedTuple` is, where nothing unpacks the values. Creating a named tuple compiles code, which takes ten
times as long as creating a class; a run imports fifty of them, and so started a tenth later.
"""

from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(eq_default=True, frozen_default=True)
class NamedFields:
    """A value with the fields that the class annotates, in their order; values in the class are the defaults.

    Type checkers know the fields as those of a frozen dataclass, and so refuse wrong arguments and changes;
    nothing is checked when the program runs.
    """

    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        """Collect the names of the fields."""
        cls.__match_args__ = tuple(cls.__annotations__)  # type: ignore[misc]  # mypy derives it

    def __init__(self, *values: Any, **named: Any) -> None:  # noqa: ANN401 - type checkers know the fields
        """Set the fields, in their order or by name."""
        fields = self.__dict__
        fields.update(zip(self.__match_args__, values))  # noqa: B905 - the last ones may be named, or have a default
        fields.update(named)

    def _replace(self, **changed: Any) -> Self:  # noqa: ANN401 - as above; mypy checks neither here nor for a named tuple
        """Return a copy with other values for some fields."""
        return type(self)(**self.__dict__ | changed)

    def _values(self) -> tuple[object, ...]:
        return tuple([getattr(self, name) for name in self.__match_args__])

    def __eq__(self, other: object) -> bool:
        """Return whether the other has the same class and equal values."""
        return type(other) is type(self) and self._values() == other._values()

    def __hash__(self) -> int:
        """Hash the values."""
        return hash(self._values())

    def __repr__(self) -> str:
        """Show all fields, as a named tuple does."""
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__name__}({fields})"
