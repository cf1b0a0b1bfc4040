"""Classes whose annotated names are their fields.

They are what dataclasses are, but `dataclasses` takes longer to import than a usual dump to read, and each class of its
kind half a millisecond more. Type checkers know them as dataclasses.
"""

from typing import Any, ClassVar, dataclass_transform


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=False)
class Fields:
    """Fields that are set once, by keywords; each has a default if the class gives it a value."""

    defaults: ClassVar[dict[str, Any]] = {}
    """The default of each field that has one."""
    names: ClassVar[tuple[str, ...]] = ()
    """All fields, those of base classes first."""

    def __init_subclass__(cls, **keywords: Any) -> None:  # noqa: ANN401 - those of the class statement
        """Collect the fields of all base classes."""
        super().__init_subclass__(**keywords)
        own = [vars(base).get("__annotations__", {}) for base in reversed(cls.__mro__) if issubclass(base, Fields)]
        cls.names = tuple(dict.fromkeys(name for names in own[1:] for name in names))
        cls.defaults = {name: getattr(cls, name) for name in cls.names if hasattr(cls, name)}

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 - those of the fields
        """Set the fields.

        Raises:
            TypeError: a field without a default is missing, or there is no field of a name.
        """
        if missing := [name for name in self.names if name not in values and name not in self.defaults]:
            raise TypeError(f"{type(self).__name__} needs {', '.join(missing)}")
        if unknown := values.keys() - set(self.names):
            raise TypeError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        vars(self).update(self.defaults, **values)
        self.check()

    def check(self) -> None:
        """Refuse values that do not go together; by default none."""
