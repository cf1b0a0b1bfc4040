"""A folder of dumps, and the ports that were printed for each."""

import json
import subprocess
from pathlib import Path

from support.stored import ROW


def make_logs(folder: Path) -> Path:
    """Write dumps into a folder, with hidden files beside them, and return its path."""
    for port, name in enumerate(["b/2.txt", "a.txt", "b/1.txt", "b/.hidden", ".git/config"], 1):
        path = folder / "logs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ROW.format(port))
    return folder / "logs"


def ports_by_source(ran: subprocess.CompletedProcess[str]) -> dict[str | None, list[int]]:
    """Return the ports of each printed document, by source, in the printed order."""
    documents = [json.loads(line) for line in ran.stdout.splitlines()]
    return {found["source"]: [record["local_port"] for record in found["connections"]] for found in documents}
