"""The base classes and common types of the models."""

from collections.abc import Hashable, Iterator, Mapping
from inspect import Parameter, Signature, cleandoc
from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt

from netstat_parse.records.identity import Key

IPFamily = Literal["ipv4", "ipv6"]
Family = Literal["ipv4", "ipv6", "ax25", "netrom", "rose", "x25", "ipx", "ddp", "bluetooth"]
"""Address family: ipv4 and ipv6 as in OpenTelemetry's network.type, the others as in net-tools (ddp is AppleTalk)."""
Count = Annotated[int, Field(ge=0, json_schema_extra={"format": "uint64"})]
"""A 64-bit counter of the kernel; `format` is that of OpenAPI, for readers that need an integer type."""
Port = Annotated[int, Field(ge=0, le=65535)]


if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)

PYDANTIC_NAMES = ("model_copy", "model_dump", "model_dump_json")
"""The methods of pydantic that completion offers for a record; it has some 40, half of them deprecated."""


class ModelType(ModelMetaclass):
    """The type of models."""

    def __dir__(self) -> list[str]:
        """List the public names that are not pydantic's, whose texts would fill ten pages of `help`."""
        names = {name for base in self.__mro__ if base not in BaseModel.__mro__ for name in vars(base)}
        return sorted(name for name in names if not name.startswith(("_", "model_")))


class Model(BaseModel, metaclass=ModelType):
    """Base of all models: immutable, and without fields other than the documented ones."""

    # Records take their lists and dicts from a factory: pydantic deep-copies a mutable default, 1 µs a time.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True)

    _place: ClassVar[tuple[str, ...]] = ()
    """Fields that locate the record in its input: they come last in its `repr`."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_arguments: object) -> None:
        """Write the meaning of the fields into the docstring, where `help` and notebooks print it."""
        if cls.__doc__ is None or not cls.__pydantic_fields__:  # python -OO, or a generic model with its parameters
            return
        cls.model_config["json_schema_extra"] = {"description": cleandoc(cls.__doc__)}  # not with the fields
        cls.__doc__ = f"{cls.__doc__.rstrip()}\n\n    Fields:\n{_describe_fields(cls)}"
        cls.__signature__ = _shorten_signature(cls)

    def __dir__(self) -> list[str]:
        """List the fields and the usual methods."""
        return [*type(self).__pydantic_fields__, *PYDANTIC_NAMES, *dir(type(self))]

    if not TYPE_CHECKING:  # else type checkers would accept any attribute

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - of a private attribute
            """Raise the error for an unknown name with what Python needs to suggest a similar one."""
            try:
                return super().__getattr__(name)
            except AttributeError as error:
                error.name, error.obj = name, self
                raise

    def __hash__(self) -> int:
        """Return the hash of all values; pydantic's own fails for lists and dicts."""
        return hash(tuple(map(_freeze, self.__dict__.values())))

    def __repr_args__(self) -> Iterator[tuple[str, Any]]:
        """Yield the fields that have a value, the place in the input last."""
        names = type(self).__pydantic_fields__
        for name in (*(name for name in names if name not in self._place), *self._place):
            value = getattr(self, name)
            if value not in (None, [], {}):
                yield name, value


def _describe_fields(model: type[BaseModel]) -> str:
    texts = ((name, field.description or "") for name, field in model.model_fields.items())
    return "".join(f"        {name}: {text.replace(chr(10), chr(10) + ' ' * 12)}\n" for name, text in texts) + "    "


def _shorten_signature(model: type[BaseModel]) -> Signature:
    """Return a signature with the required fields only: it comes before the docstring in `help`."""
    required = [name for name, field in model.model_fields.items() if field.is_required()]
    parameters = [Parameter(name, Parameter.KEYWORD_ONLY) for name in required]
    has_others = len(required) < len(model.model_fields)
    return Signature([*parameters, *([Parameter("fields", Parameter.VAR_KEYWORD)] if has_others else [])])


def _freeze(value: object) -> Hashable:
    """Return a value that is hashable: a tuple for a list, and the set of the items for a dict."""
    if isinstance(value, list):
        return tuple(map(_freeze, value))
    return frozenset((name, _freeze(one)) for name, one in value.items()) if isinstance(value, dict) else value


class FlatModel(Model, Mapping[str, Any]):
    """A model that is also a read-only mapping of its fields, as pandas, csv and tabulate read records."""

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - the type is the field's
        """Return the value of a field.

        Raises:
            KeyError: there is no such field.
        """
        field = type(self).__pydantic_fields__.get(name)
        if field is None or field.exclude:
            raise KeyError(name)
        return getattr(self, name)

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]  # BaseModel yields pairs
        """Yield the names of the fields, as they are in the document."""
        return (name for name, field in type(self).__pydantic_fields__.items() if not field.exclude)

    def __len__(self) -> int:
        """Return the number of fields."""
        return sum(1 for _ in self)


class TableRecord(FlatModel):
    """A record of a table. Two records are equal if all their fields but snapshot and line are."""

    _get_facts: ClassVar[Any]
    """Function that returns all values but the place, of the `__dict__` of a record."""
    _get_scalars: ClassVar[Any]
    """Function that returns those of them that are hashable."""
    _containers: ClassVar[tuple[str, ...]]
    """The others: lists and dicts."""

    @classmethod
    def __pydantic_init_subclass__(cls, **arguments: object) -> None:
        """Prepare the comparison of records, which sets of many records need to be quick."""
        super().__pydantic_init_subclass__(**arguments)
        names = [name for name in cls.__pydantic_fields__ if name not in cls._place]
        if names:
            cls._get_facts = itemgetter(*names)
            cls._containers = tuple(name for name in names if cls.__pydantic_fields__[name].default_factory)
            cls._get_scalars = itemgetter(*(name for name in names if name not in cls._containers))

    @property
    def model_fields_set(self) -> set[str]:
        """The fields that netstat printed, as a copy: records with the same fields share the set itself."""
        return self.__pydantic_fields_set__.copy()

    @property
    def key(self) -> Key:
        """The identity of the record, without line and snapshot: equal for the same thing in another dump."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        """Return whether two records are equal in all fields but snapshot and line."""
        if type(self) is not type(other):
            return NotImplemented
        return bool(self._get_facts(self.__dict__) == self._get_facts(other.__dict__))

    def __hash__(self) -> int:
        """Return the same hash for equal records."""
        values = self.__dict__
        containers = [_freeze(values[name]) for name in self._containers if values[name]]
        return hash((self._get_scalars(values), *containers))


class PrintedRecord(TableRecord):
    """A record that netstat printed, with its place in the input."""

    _place: ClassVar[tuple[str, ...]] = ("snapshot", "line")

    snapshot: NonNegativeInt
    """`index` of the snapshot that the record belongs to; 0 for the first."""
    line: PositiveInt
    """Line number of the input where the record starts; 1 for the first line."""
