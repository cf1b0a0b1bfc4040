"""The JSON Schema of the document, from the records and their docstrings.

A copy is published beside this module, where it is read without pydantic. To write it anew::

    python -m netstat_parse.schema.published
"""

import json
from pathlib import Path
from typing import Any

from netstat_parse.schema.dump import Dump

ID = "urn:netstat-parse:document:1.0"

PUBLISHED = Path(__file__).with_name("document.schema.json")


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the document that `Dump.model_dump(mode="json")` gives."""
    schema = Dump.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": ID, **schema}


if __name__ == "__main__":
    PUBLISHED.write_text(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
