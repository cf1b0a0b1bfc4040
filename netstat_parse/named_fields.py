"""`NamedFields`, the base of small classes with named fields.

Used as `typing.NamedTuple` is, where nothing unpacks the values. To create the class of a named tuple compiles code,
which takes ten times as long as to create another class. A run imports fifty of these classes: with named tuples it
would start a tenth later.
"""

from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(eq_default=True, frozen_default=True)
class NamedFields:
    """A value with the fields that the class annotates, in their order; values in the class are the defaults.

    A subclass has the fields of its base, too. Type checkers know the fields as those of a frozen dataclass, and so
    refuse values of a wrong type, and changes; when the program runs, only the names of the fields are checked.
    """

    __match_args__: ClassVar[tuple[str, ...]] = ()
    _fields: ClassVar[frozenset[str]] = frozenset()
    _required: ClassVar[frozenset[str]] = frozenset()
    """The fields without a default."""

    def __init_subclass__(cls) -> None:
        """Collect the names of the fields."""
        cls.__match_args__ = (*cls.__match_args__, *cls.__annotations__)  # type: ignore[misc]  # mypy derives it
        cls._fields = frozenset(cls.__match_args__)
        cls._required = frozenset([name for name in cls.__match_args__ if not hasattr(cls, name)])

    def __init__(self, *values: Any, **named: Any) -> None:  # noqa: ANN401 - type checkers know the fields
        """Set the fields, in their order or by name.

        Raises:
            TypeError: a field without a default has no value, a field has two, or a value has no field.
        """
        fields = self.__dict__
        fields.update(zip(self.__match_args__, values))  # noqa: B905 - the last ones may be named, or have a default
        fields.update(named)
        if len(fields) != len(values) + len(named) or not self._required <= fields.keys() <= self._fields:
            message = f"{type(self).__name__} has the fields {', '.join(self.__match_args__)}"
            raise TypeError(f"{message}; got {len(values)} values and {', '.join(named) or 'no names'}")

    def _asdict(self) -> dict[str, Any]:
        """Return the values of all fields by name, also those that are defaults, which `vars` lacks."""
        return {name: getattr(self, name) for name in self.__match_args__}

    def _replace(self, **changed: Any) -> Self:  # noqa: ANN401 - as above; mypy checks neither here nor for a named tuple
        """Return a copy with other values for some fields."""
        return type(self)(**self._asdict() | changed)

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
