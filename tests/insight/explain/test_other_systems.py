"""Terms of a system that another distribution adds."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]

WORDS = {"en": '[states]\nSHAKEN = "established"\n', "de": '[states]\n"GESCHÜTTELT" = "SHAKEN"\n'}

CODE = """
import json
from netstat_parse import explain

print(json.dumps({term: [found.model_dump(mode="json") for found in explain(term)] for term in ("shaken", "geschüttelt")}))
"""


def test_a_state_of_another_system_is_explained_in_every_language(tmp_path: Path) -> None:
    words = tmp_path / "router" / "words"
    words.mkdir(parents=True)
    (tmp_path / "router" / "__init__.py").touch()
    for language, text in WORDS.items():
        (words / f"{language}.toml").write_text(text, "utf-8")
    info = tmp_path / "router-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: router\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[netstat_parse.grammars]\nrouter = router\n", "utf-8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])}
    ran = subprocess.run([sys.executable, "-c", CODE], env=environment, capture_output=True, check=True)
    for found in json.loads(ran.stdout).values():
        assert found[0]["names"]["schema_name"] == "connections.state: established"
        assert found[0]["labels"]["router"] == ["SHAKEN"]
