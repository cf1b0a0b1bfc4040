"""The JSON Schema of the document, made from the models and their docstrings.

``document.schema.json`` is a copy that can be read without pydantic. To regenerate it::

    python -m netstat_parse.schema.published
"""

import json
from pathlib import Path
from typing import Any

from netstat_parse.schema.dump import Dump

ID = "urn:netstat-parse:document:1.1"

PUBLISHED = Path(__file__).with_name("document.schema.json")


def json_schema() -> dict[str, Any]:
    """Make the JSON Schema (draft 2020-12) of the document, which is `Dump.model_dump(mode="json")`."""
    schema = Dump.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": ID, **schema}


if __name__ == "__main__":
    PUBLISHED.write_text(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
