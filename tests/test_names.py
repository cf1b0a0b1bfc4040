"""The public names of the package exist and are imported on first use."""

import pydoc
import subprocess
import sys

import pytest

import netstat_parse
from netstat_parse.live import locate


@pytest.mark.parametrize("name", netstat_parse.__all__)
def test_each_public_name_can_be_imported(name: str) -> None:
    assert getattr(netstat_parse, name) is not None


def test_the_names_that_completion_lists_are_the_public_ones() -> None:
    code = "import netstat_parse as np; np.parse, np.Dump; print(sorted(dir(np)) == sorted(np.__all__))"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout == "True\n"


def test_a_star_import_has_the_public_names() -> None:
    names: dict[str, object] = {}
    exec("from netstat_parse import *", names)  # noqa: S102 - as a session does
    assert names.keys() - {"__builtins__"} == {*netstat_parse.__all__}


def test_help_of_the_package_has_the_documentation_of_each_function() -> None:
    text = pydoc.plain(pydoc.render_doc(netstat_parse))
    functions = [name for name in netstat_parse.__all__ if name.islower() and name != "__version__"]
    assert [name for name in functions if f"\n    {name}(" not in text] == []


def test_importing_the_package_imports_no_library_of_data_frames() -> None:
    libraries = "{'pandas', 'polars', 'pyarrow'}"
    code = f"import sys, netstat_parse; netstat_parse.Dump; print({libraries} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout == "set()\n"


def test_the_error_of_a_missing_netstat_is_a_public_name() -> None:
    assert netstat_parse.NoNetstatError is locate.NoNetstatError
    assert issubclass(netstat_parse.NoNetstatError, FileNotFoundError)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'colour'"):
        _ = netstat_parse.colour


def test_importing_the_package_imports_neither_schema_nor_live() -> None:
    code = "import sys, netstat_parse; print({'netstat_parse.schema', 'netstat_parse.live', 'pydantic'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout == "set()\n"


def test_the_entry_point_handles_ctrl_c_before_it_imports_anything() -> None:
    code = "import sys; before = {*sys.modules}; import netstat_parse.cli; print(sorted({*sys.modules} - before))"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout == "['netstat_parse', 'netstat_parse._version', 'netstat_parse.cli']\n"
