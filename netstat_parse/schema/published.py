"""The JSON Schema of the document, from the records and their docstrings."""

from typing import Any

from netstat_parse.schema.dump import Dump

ID = "urn:netstat-parse:document:1.0"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the document that `Dump.model_dump(mode="json")` gives."""
    schema = Dump.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": ID, **schema}
