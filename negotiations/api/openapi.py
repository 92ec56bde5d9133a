"""How a read route is described in OpenAPI 3.1: from what it declares, with nothing said twice."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any, get_origin

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent
from uritemplate import variables

from negotiations.api.filters import IN_PATH
from negotiations.api.parameters import Parameter
from negotiations.api.problems import CODES, MEDIA_TYPE, Problem, sentence_of
from negotiations.api.shaping import Schema, shape_schema
from negotiations.queries.shapes import Page

_TEXT = {"type": "string"}
_ETAG = {"description": "Weak; changes when a newer act may change the answer.", "schema": _TEXT}
_CACHE = {"description": "How long a copy may be used without asking.", "schema": _TEXT}
_LINK = {"description": 'Address of the next page, as rel="next".', "schema": _TEXT}
_CONDITION = {
    "name": "If-None-Match",
    "in": "header",
    "description": "An ETag you hold: answered with 304 while nothing has changed.",
    "required": False,
    "schema": _TEXT,
}
_REFUSED = (400, 405, 406, 500, 503)


class ReadSchema(AutoSchema):
    """The operation of one `Read` view."""

    view: Any

    def get_operation(
        self, path: str, path_regex: str, path_prefix: str, method: str, registry: ComponentRegistry
    ) -> Schema:
        """The operation object; components go into the registry."""
        del path_regex, path_prefix, method
        schemas: dict[str, Schema] = {}
        responses: dict[str, Schema] = {}
        summary, _, more = inspect.cleandoc(self.view.__doc__ or "").partition("\n\n")
        operation = {
            "operationId": operation_id(type(self.view)),
            "summary": summary.rstrip("."),
            **({"description": more} if more else {}),
            "tags": [self.view.tag],
            "parameters": list(_parameters(path, self.view)),
            "responses": {
                **_problems(path, schemas, responses),
                **_answers(self.view, schemas, responses),
            },
        }
        _register(registry, ResolvedComponent.SCHEMA, schemas)
        _register(registry, ResolvedComponent.RESPONSE, responses)
        return operation


def operation_id(view: type) -> str:
    """`ListTracks` as list_tracks."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", view.__name__).lower()


def _register(registry: ComponentRegistry, kind: str, made: dict[str, Schema]) -> None:
    for name, schema in made.items():
        registry.register_on_missing(ResolvedComponent(name, kind, schema=schema, object=name))


def _parameters(path: str, view: Any) -> Iterator[Schema]:
    for name in variables(path):
        parameter = IN_PATH[name]
        # Beside the schema it fills the console's field; within, it only shows what is meant.
        told = {**_parameter(parameter), "example": parameter.example}
        yield {**told, "in": "path", "required": True}
    for parameter in view.parameters:
        yield {**_parameter(parameter), "in": "query", "required": False}
    if view.conditional:
        yield _CONDITION


def _parameter(parameter: Parameter) -> Schema:
    listed = parameter.schema.get("type") == "array"
    schema = dict(parameter.schema)
    if parameter.example is not None:
        schema["examples"] = [str(parameter.example).split(",") if listed else parameter.example]
    return {
        "name": parameter.name,
        "description": parameter.doc,
        "schema": schema,
        **({"style": "form", "explode": False} if listed else {}),
    }


def _answers(view: Any, schemas: dict[str, Schema], responses: dict[str, Schema]) -> Schema:
    headers = {"ETag": _ETAG, "Cache-Control": _CACHE} if view.conditional else {}
    if get_origin(view.shape) is Page:
        headers["Link"] = _LINK
    content = {"application/json": {"schema": shape_schema(view.shape, schemas)}}
    answers: Schema = {
        str(status): {"description": words, "headers": headers, "content": content}
        for status, words in view.statuses.items()
    }
    if view.conditional:
        words = "Nothing has changed since the ETag you hold."
        kept = {"ETag": _ETAG, "Cache-Control": _CACHE}
        responses["NotModified"] = {"description": words, "headers": kept}
        answers["304"] = {"$ref": "#/components/responses/NotModified"}
    return answers


def _problems(path: str, schemas: dict[str, Schema], responses: dict[str, Schema]) -> Schema:
    content = {MEDIA_TYPE: {"schema": shape_schema(Problem, schemas)}}
    statuses = [*_REFUSED, 404] if "{" in path else _REFUSED
    for status in statuses:
        words = [f"- `{code}`: {sentence_of(code).en}" for code in CODES[status]]
        responses[f"Problem{status}"] = {"description": "\n".join(words), "content": content}
    return {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in statuses}
