"""Grammars are found in a checkout, a wheel and a zip file, and in other distributions."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any
from zipfile import ZipFile

import pytest

from support.command_line import LISTING

ROOT = Path(__file__).parents[2]

DESCRIBE = """
import json
from importlib import resources
from netstat_parse.reading.grammar_loader import load_grammars
from netstat_parse.systems import catalog

def files(folder):
    names = [file.name for file in folder.iterdir() if "." in file.name]
    return sorted(name for name in names if name == "__init__.py" or not name.startswith("_"))  # others are generated

def packages(system):
    return [*([catalog.own_package(system)] if system in catalog.own_systems() else []), *catalog.foreign_packages(system)]

def folders(system):
    return [resources.files(package) for package in packages(system) if hasattr(package, "__path__")]

print(json.dumps({
    "place": catalog.__file__,
    "systems": {
        system: {
            "grammars": [f"{type(grammar).__name__} {grammar.kind}" for grammar in load_grammars(system)],
            "files": [files(folder) for folder in folders(system)],
            "words": [files(folder / "words") for folder in folders(system) if (folder / "words").is_dir()],
        }
        for system in catalog.systems()
    },
}))
"""


def run(code: str, *places: Path) -> subprocess.CompletedProcess[str]:
    """Run `code` in a fresh Python that looks for modules in these places first."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, places)), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-P", "-c", code]
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=True)


def found(*places: Path) -> dict[str, Any]:
    """Return grammars and data files of each system, as the package in the first place finds them."""
    described = json.loads(run(DESCRIBE, *places).stdout)
    assert described["place"].startswith(str(places[0]))
    systems: dict[str, Any] = described["systems"]
    return systems


@pytest.fixture(scope="session")
def here() -> dict[str, Any]:
    return found(ROOT)


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("netstat_parse", "grammars"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_each_folder_of_grammars_is_a_system(here: dict[str, Any]) -> None:
    assert list(here) == sorted(init.parent.name for init in (ROOT / "grammars").glob("*/__init__.py"))


@pytest.mark.parametrize("system", ["linux", "windows"])
def test_a_system_has_grammars_and_languages(here: dict[str, Any], system: str) -> None:
    assert here[system]["grammars"]
    (words,) = here[system]["words"]
    assert "en.toml" in words


def test_a_checkout_needs_no_installation(checkout: Path, here: dict[str, Any]) -> None:
    assert found(checkout) == here


def test_a_zipped_checkout_has_the_same_grammars(checkout: Path, here: dict[str, Any], tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "checkout"), "zip", checkout)
    assert found(Path(archive)) == here


def test_a_wheel_has_the_same_grammars(wheel: Path, here: dict[str, Any]) -> None:
    assert found(wheel) == here


def test_an_installed_wheel_has_the_same_grammars(wheel: Path, here: dict[str, Any], tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path)
    assert found(tmp_path) == here
    assert not (tmp_path / "grammars").exists()


def test_grammars_have_a_name_inside_the_package() -> None:
    run("from netstat_parse.systems import catalog; catalog.systems(); import netstat_parse.grammars.linux as _", ROOT)


@pytest.fixture
def distribution(tmp_path: Path) -> Callable[..., Path]:
    """Make a folder with modules and entry points, as an installed distribution leaves them."""

    def install(modules: dict[str, str], **systems: str) -> Path:
        for name, text in modules.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True, parents=True)
            path.write_text(dedent(text), encoding="utf-8")
        info = tmp_path / "router-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: router\nVersion: 1.0\n", encoding="utf-8")
        entries = "".join(f"{system} = {module}\n" for system, module in systems.items())
        (info / "entry_points.txt").write_text(f"[netstat_parse.grammars]\n{entries}", encoding="utf-8")
        return tmp_path

    return install


GRAMMAR = """
    from netstat_parse.grammar import Table
    from netstat_parse.tokens import integer, ipv4, word

    class Router(Table):
        pass

    ROUTES = Router(
        name="routes of a router",
        kind="routes",
        titles=["Routes of the router"],
        columns={"To": ipv4("destination"), "Through": word("interface"), "Metric": integer("metric")},
    )
"""

BROKEN = """
    import pyparsing as pp
    from netstat_parse.grammar import Table
    from netstat_parse.tokens import word

    class Gate:
        kind = "routes"

    GATES = Gate()
    PORTS = Table(name="ports", kind="connections", columns={{"Port": {column}, "Name": word("program")}})
"""


def test_another_distribution_adds_a_module_to_a_system(
    distribution: Callable[..., Path], here: dict[str, Any]
) -> None:
    place = distribution({"router.py": GRAMMAR}, linux="router")
    assert found(ROOT, place)["linux"]["grammars"] == [*here["linux"]["grammars"], "Router routes"]


def test_another_distribution_adds_a_system_with_its_words(distribution: Callable[..., Path]) -> None:
    modules = {"router/__init__.py": "", "router/routes.py": GRAMMAR, "router/words/en.toml": ""}
    assert found(ROOT, distribution(modules, router="router"))["router"] == {
        "grammars": ["Router routes"],
        "files": [["__init__.py", "routes.py"]],
        "words": [["en.toml"]],
    }


def test_a_public_grammar_is_found_once(distribution: Callable[..., Path]) -> None:
    modules = {
        "router/__init__.py": "",
        "router/again.py": "from router.routes import *; _HIDDEN = Router(name='hidden', kind='routes', columns=ROUTES.columns)",
        "router/routes.py": GRAMMAR,
        "router/_hidden.py": GRAMMAR,
    }
    assert found(ROOT, distribution(modules, router="router"))["router"]["grammars"] == ["Router routes"]


def test_a_grammar_of_ours_is_found_once(
    distribution: Callable[..., Path], here: dict[str, Any], wheel: Path, tmp_path: Path
) -> None:
    installed = tmp_path / "installed"
    ZipFile(wheel).extractall(installed)
    place = distribution({"router.py": "from netstat_parse.grammars.linux.sockets import SOCKETS"}, linux="router")
    assert found(ROOT, place)["linux"]["grammars"] == here["linux"]["grammars"]
    assert found(installed, place)["linux"]["grammars"] == here["linux"]["grammars"]


def test_grammars_that_cannot_be_loaded_do_not_affect_the_others(
    distribution: Callable[..., Path], here: dict[str, Any]
) -> None:
    place = distribution({"router/__init__.py": "", "router/routes.py": "1 / 0"}, linux="router")
    assert found(ROOT, place)["linux"] == here["linux"]
    listening = "import logging; logging.basicConfig(format='%(message)s')\n"
    assert run(listening + DESCRIBE, ROOT, place).stderr.splitlines() == [
        "cannot load the grammars linux = router: ZeroDivisionError('division by zero')"
    ]


@pytest.mark.parametrize(
    "column",
    ["pp.Regex('(?P<local_port>[0-9]+)')", "pp.Regex('(')('local_port')", "pp.Word('0')('local_port')", "None"],
)
def test_a_grammar_that_does_not_work_does_not_affect_the_others(
    distribution: Callable[..., Path], here: dict[str, Any], column: str
) -> None:
    place = distribution(
        {"router.py": GRAMMAR, "broken.py": BROKEN.format(column=column)}, linux="router", bsd="broken"
    )
    warnings = "import logging; logging.basicConfig(format='%(message)s')\n"
    read = f"import netstat_parse as np; print(len(np.parse({LISTING!r} + 'no line of ours\\n').connections))"
    ran = run(warnings + read, ROOT, place)
    assert ran.stdout == "1\n"
    gates, ports = ran.stderr.splitlines()
    assert gates == "broken.GATES is ignored: its class does not inherit from Grammar"
    assert ports.startswith("cannot use the grammar broken.PORTS: ")
    assert found(ROOT, place)["linux"]["grammars"] == [*here["linux"]["grammars"], "Router routes"]


@pytest.mark.parametrize("text", ["[states", "states = 3", "[states]\nUP = 3", '[messages]\n"" = "a"', "\x00"])
def test_broken_words_of_another_distribution_do_not_affect_the_others(
    distribution: Callable[..., Path], text: str
) -> None:
    place = distribution({"router/__init__.py": "", "router/words/de.toml": text}, linux="router", bsd="router")
    warnings = "import logging; logging.basicConfig(format='%(message)s')\n"
    read = "import netstat_parse as np; print(len(np.parse('tcp 0 0 0.0.0.0:22 0.0.0.0:* HÖRT').connections))"
    ran = run(warnings + read, ROOT, place)
    assert ran.stdout == "1\n"
    assert {line.partition(": ")[0] for line in ran.stderr.splitlines()} == {
        "cannot read the words router/words/de.toml"
    }


def test_damaged_words_of_ours_are_a_clear_error(checkout: Path, tmp_path: Path) -> None:
    shutil.copytree(checkout, tmp_path / "damaged")
    (tmp_path / "damaged/grammars/linux/words/en.toml").write_text("[states")
    code = "import sys; from netstat_parse.cli import main; sys.exit(main(['-f', 'table', sys.argv[1]]))"
    (tmp_path / "dump.txt").write_text(LISTING)
    command = [sys.executable, "-P", "-c", code, str(tmp_path / "dump.txt")]
    ran = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(tmp_path / "damaged")}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    message = "linux/words/en.toml is damaged; install netstat-parse again"
    assert ran.stderr.startswith(f"netstat-parse: {tmp_path}/dump.txt: {message} (")
    assert ran.stderr.count("\n") == 1
