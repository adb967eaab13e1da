"""What the API promises is what there is: nothing is left out, nothing is vague."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Controller
from litestar.testing import TestClient
from msgspec import Struct
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

import argmap.api
from argmap.api import claims, maps, passages, relations, sources
from argmap.api.app import BESIDE, CONTROLLERS
from argmap.api.errors import STATUSES, Refusal, problem, status_of
from argmap.api.examples import EXAMPLES
from argmap.api.exchange import ImportController
from argmap.api.openapi import document
from argmap.errors import ArgmapError, Fault, InvalidMap
from argmap.model import Claim, Header, Passage, Relation, Source

WRITTEN = Path(__file__).parents[2] / "openapi" / "argmap.openapi.json"
DOCUMENT: dict[str, Any] = msgspec.json.decode(document())
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
COMPONENTS: dict[str, Any] = DOCUMENT["components"]["schemas"]
REGISTRY = Registry().with_resource("urn:a", DRAFT202012.create_resource(DOCUMENT))

FAILURES = {
    f"#/components/responses/{name}": response
    for name, response in DOCUMENT["components"]["responses"].items()
}

each_operation = pytest.mark.parametrize("name", OPERATIONS)


def subclasses(kind: type) -> Iterator[type]:
    for below in kind.__subclasses__():
        yield below
        yield from subclasses(below)


def validator(name: str) -> Any:
    reference = {"$ref": f"urn:a#/components/schemas/{name}"}
    return OAS31Validator(reference, registry=REGISTRY)


def test_the_document_in_the_repository_is_that_of_the_code() -> None:
    assert WRITTEN.read_bytes() == document(), (
        "the API has changed; if that is meant, write it down: "
        "argmap openapi openapi/argmap.openapi.json"
    )


def test_the_document_is_served(client: TestClient) -> None:
    assert client.get("/openapi.json").content == document()


def test_every_controller_is_mounted() -> None:
    for module in pkgutil.iter_modules(argmap.api.__path__):
        importlib.import_module(f"argmap.api.{module.name}")
    ours = {c for c in subclasses(Controller) if c.__module__.startswith("argmap.api")}

    assert ours == {*CONTROLLERS, ImportController, *BESIDE}
    assert list(CONTROLLERS) == sorted(CONTROLLERS, key=lambda c: c.__name__)


def test_every_endpoint_is_in_the_document(client: TestClient) -> None:
    pages = {"/", "/docs", "/embed", "/maps", "/search", "/static"}
    routes = {
        f"{method} {route.path_format}"
        for route in client.app.routes
        for method in route.methods - {"OPTIONS"}
        if f"/{route.path_format.split('/')[1]}" not in pages
    }

    assert routes == set(OPERATIONS)


def test_every_error_has_a_status_a_code_and_a_title() -> None:
    codes: dict[str, type] = {}
    for error in subclasses(ArgmapError):
        assert error in STATUSES or issubclass(error, Fault), error
        assert 400 <= status_of(error) < 600
        assert error.__doc__
        assert codes.setdefault(error.code, error) is error, error.code
    assert set(STATUSES) <= {*subclasses(ArgmapError)}


def test_every_refusal_has_a_code_and_a_title() -> None:
    for refusal in subclasses(Refusal):
        assert refusal.code
        assert refusal.__doc__
        assert 400 <= refusal.status_code < 500


def test_faults_of_one_status_are_answered_with_it_and_mixed_ones_with_422() -> None:
    conflict = next(f for f in subclasses(Fault) if status_of(f) == 409)("x")
    wrong = next(f for f in subclasses(Fault) if status_of(f) == 422)("x")

    assert problem(InvalidMap([conflict, conflict]))["status"] == 409
    assert problem(InvalidMap([conflict, wrong]))["status"] == 422


@each_operation
def test_an_operation_says_what_it_is(name: str) -> None:
    operation = OPERATIONS[name]

    assert operation["operationId"].isidentifier()
    assert operation["summary"].endswith(".")
    assert operation["description"]
    assert operation["tags"]
    for parameter in operation.get("parameters", ()):
        assert parameter["description"], parameter["name"]
        assert "type" in parameter["schema"] or "enum" in parameter["schema"]
    in_path = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "path"}
    assert in_path == {part[1:-1] for part in name.split("/") if part[0] == "{"}


@each_operation
def test_an_operation_says_how_it_ends(name: str) -> None:
    responses = {
        status: FAILURES.get(response.get("$ref"), response)
        for status, response in OPERATIONS[name]["responses"].items()
    }

    successes = [status for status in responses if status < "300"]
    assert successes
    for status, response in responses.items():
        assert response["description"]
        if status >= "400":
            assert set(response["content"]) == {"application/problem+json"}
        elif status not in ("204", "304"):
            (media_type,) = response["content"]
            assert re.fullmatch(r"[a-z]+/[a-z.+-]+", media_type)
            assert media_type != "text/html", "a page is no part of the API"
    assert {"400", "406", "421", "503"} <= set(responses)
    if "{map}" in name:
        assert "404" in responses
    if not name.startswith("GET"):
        assert "403" in responses
    if "requestBody" in OPERATIONS[name]:
        assert {"413", "415"} <= set(responses)


def test_data_of_each_event_have_a_schema() -> None:
    answer = OPERATIONS["GET /api/v1/maps/{map}/events"]["responses"]["200"]
    kinds = answer["content"]["text/event-stream"]["schema"]["anyOf"]
    members = [kind["properties"] for kind in kinds]

    assert {
        each["event"]["const"]: each["data"]["contentSchema"] for each in members
    } == {
        "revision": {"$ref": "#/components/schemas/RevisedOut"},
        "deleted": {"$ref": "#/components/schemas/DeletedOut"},
    }


def test_the_document_is_valid() -> None:
    OpenAPIV31SpecValidator(DOCUMENT).validate()


def test_whatever_is_sent_has_an_example() -> None:
    for name, operation in OPERATIONS.items():
        for given in operation.get("requestBody", {"content": {}})["content"].values():
            if "$ref" in given.get("schema", {}):
                body = COMPONENTS[given["schema"]["$ref"].rpartition("/")[2]]
                assert body["examples"], name


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_what_it_is_an_example_of(name: str) -> None:
    validator(name).validate(EXAMPLES[name])
    assert COMPONENTS[name]["examples"] == [EXAMPLES[name]]


@each_operation
def test_examples_of_parameters_are_valid(name: str) -> None:
    for parameter in OPERATIONS[name].get("parameters", ()):
        if "example" in parameter:
            OAS31Validator(parameter["schema"]).validate(parameter["example"])
        assert "example" in parameter or parameter["in"] != "path"


def test_operations_have_names_of_their_own() -> None:
    ids = [operation["operationId"] for operation in OPERATIONS.values()]

    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_is_exact(name: str) -> None:
    schema = COMPONENTS[name]

    assert name.isidentifier(), "two structs have one name: give one another"
    if "properties" in schema:
        assert schema["additionalProperties"] is (name in {"Problem", "FaultDocument"})
        assert schema["description"]
        assert "``" not in schema["description"]


def test_every_reference_leads_somewhere() -> None:
    def references(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            if "$ref" in value:
                yield value["$ref"]
            value = list(value.values())
        if isinstance(value, list):
            for inner in value:
                yield from references(inner)

    found = set(references(DOCUMENT))

    schemas = {f"#/components/schemas/{name}" for name in COMPONENTS}
    assert found == schemas | FAILURES.keys()
    assert len(found) > 20


def test_operations_are_told_apart_by_op_and_name_exactly_one_item() -> None:
    items = COMPONENTS["ChangesIn"]["properties"]["operations"]

    mapping = items["items"]["discriminator"]["mapping"]
    assert set(mapping) == {"add", "replace", "remove", "move"}
    assert (items["minItems"], items["maxItems"]) == (1, 10_000)
    replace = COMPONENTS["Replace"]
    assert {tuple(one["required"]) for one in replace["oneOf"]} == {
        ("map",),
        ("source",),
        ("passage",),
        ("claim",),
        ("relation",),
    }
    target = validator("Target")
    assert target.is_valid({"claim": "tram"})
    assert target.is_valid({"claim": None, "relation": "r1"})
    assert not target.is_valid({"claim": None})
    assert not target.is_valid({"claim": "tram", "relation": "r1"})


@pytest.mark.parametrize(
    ("item", "module", "beside"),
    [
        (Header, maps, {"visibility", "revision", "created_at", "updated_at"}),
        (Claim, claims, {"strength", "rank", "verdict"}),
        (Relation, relations, set()),
        (Source, sources, set()),
        (Passage, passages, set()),
    ],
)
def test_bodies_have_the_members_of_the_model(
    item: type[Struct], module: Any, beside: set[str]
) -> None:
    name = "Map" if item is Header else item.__name__
    # What formats left has no place in bodies, and passages have paths of their own.
    members = set(item.__struct_fields__) - {"residue", "passages"}
    if item in (Claim, Relation):
        members.add("passages")
    fields = {
        suffix: set(getattr(module, f"{name}{suffix}").__struct_fields__)
        for suffix in ("In", "Patch", "Out")
    }

    set_by_hand = {"visibility"} & beside
    if item is Passage:  # its words are hashed, and new editions orphan it
        set_by_hand, beside = {"exact"}, {"orphaned"}
    assert fields["In"] == (members | set_by_hand) - {"orphaned"}
    assert fields["Patch"] == (members | set_by_hand) - {"key", "orphaned"}
    assert fields["Out"] == (members | beside | {"rev"}) - {
        "text" if item is Source else ""
    }
