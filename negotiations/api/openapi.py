"""How a read route is described in OpenAPI 3.1: from what it declares, with nothing said twice."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_origin

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent
from uritemplate import variables

from negotiations.api.deprecation import Deprecation
from negotiations.api.examples import problems_of, recorded
from negotiations.api.filters import IN_PATH
from negotiations.api.openapi_headers import LIMITS, PASSING, headers, headers_of_problem
from negotiations.api.parameters import Parameter
from negotiations.api.problems import CODES, MEDIA_TYPE, Problem, sentence_of
from negotiations.api.shaping import Schema, shape_schema
from negotiations.queries.shapes import Page

_TEXT = {"type": "string"}
_CONDITION = {
    "name": "If-None-Match",
    "in": "header",
    "description": "An ETag you hold: answered with 304 while nothing has changed.",
    "required": False,
    "schema": _TEXT,
}
_REFUSED = (400, 401, 405, 406, 429, 500, 503)
SCHEME = "token"
# What stands beside an answer that has a tag.
TAGGED = ("ETag", "Cache-Control", "Content-Language")


class RouteSchema(AutoSchema):
    """The operation of one route, from what its class declares."""

    view: Any
    # Whether a token is needed.
    scoped = False

    def headers(self) -> list[Schema]:
        """The parameters that are headers."""
        raise NotImplementedError

    def statuses(self) -> tuple[int, ...]:
        """The statuses of what can be refused, wherever it is."""
        raise NotImplementedError

    def rules(self) -> str:
        """What else is to be said of it."""
        return ""

    def body(self, schemas: dict[str, Schema]) -> Schema | None:
        """The request body, if there is one."""
        raise NotImplementedError

    def answers(self, schemas: dict[str, Schema], responses: dict[str, Schema]) -> Schema:
        """The responses of success."""
        raise NotImplementedError

    def problem(self, status: int, schemas: dict[str, Schema]) -> tuple[str, Schema]:
        """The name and schema of what is told under this status."""
        return f"Problem{status}", shape_schema(Problem, schemas)

    def codes(self, status: int) -> tuple[str, ...]:
        """The codes of what is told under this status; faults of lines belong to lines alone."""
        return tuple(code for code in CODES[status] if code != "bad_lines")

    def get_operation(
        self, path: str, path_regex: str, path_prefix: str, method: str, registry: ComponentRegistry
    ) -> Schema:
        """The operation object; components go into the registry."""
        del path_regex, path_prefix, method
        schemas: dict[str, Schema] = {}
        responses: dict[str, Schema] = {}
        summary, _, more = inspect.cleandoc(self.view.__doc__ or "").partition("\n\n")
        scope = [f"Takes a token of scope `{self.view.scope}`."] if self.scoped else []
        ends = self.view.deprecated
        description = "\n\n".join(filter(None, [*_passing(ends), more, *scope, self.rules()]))
        body = self.body(schemas)
        name = operation_id(type(self.view))
        operation = {
            "operationId": name,
            "summary": summary.rstrip("."),
            **({"description": description} if description else {}),
            **({"deprecated": True} if ends else {}),
            "tags": [self.view.tag],
            "security": [{SCHEME: []}] if self.scoped else [{}, {SCHEME: []}],
            "parameters": [*_parameters(path, self.view), *self.headers()],
            **({"requestBody": body} if body else {}),
            "responses": {
                **self._problems(path, schemas, responses),
                **self.answers(schemas, responses),
            },
        }
        _complete(operation, self.view, recorded().get(name, {}))
        _register(registry, ResolvedComponent.SCHEMA, schemas)
        _register(registry, ResolvedComponent.RESPONSE, responses)
        return operation

    def _problems(
        self, path: str, schemas: dict[str, Schema], responses: dict[str, Schema]
    ) -> Schema:
        told = {}
        for status in (*self.statuses(), *((404,) if "{" in path else ())):
            name, schema = self.problem(status, schemas)
            words = [f"- `{code}`: {sentence_of(code).en}" for code in self.codes(status)]
            content = {MEDIA_TYPE: {"schema": schema, "examples": problems_of(self.codes(status))}}
            responses[name] = {
                "description": "\n".join(words),
                "headers": headers_of_problem(status),
                "content": content,
            }
            told[str(status)] = {"$ref": f"#/components/responses/{name}"}
        return told


class ReadSchema(RouteSchema):
    """The operation of one `Read` view."""

    def headers(self) -> list[Schema]:
        """The tag that the reader holds."""
        return [_CONDITION] if self.view.conditional else []

    def statuses(self) -> tuple[int, ...]:
        """What reading can meet."""
        return tuple(one for one in _REFUSED if one != 429 or self.view.limited)

    def body(self, schemas: dict[str, Schema]) -> Schema | None:  # noqa: ARG002
        """Reading has none."""
        return None

    def answers(self, schemas: dict[str, Schema], responses: dict[str, Schema]) -> Schema:
        """The answer, and that nothing has changed."""
        return _answers(self.view, schemas, responses)


class PrivateSchema(ReadSchema):
    """The operation of one `PrivateRead` view."""

    scoped = True

    def statuses(self) -> tuple[int, ...]:
        """A token may be good for too little."""
        return (*_REFUSED, 403)


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
        yield {**_parameter(parameter), "in": "query", "required": parameter.required}


def _parameter(parameter: Parameter) -> Schema:
    listed = parameter.schema.get("type") == "array"
    schema = dict(parameter.schema)
    if parameter.example is not None:
        schema["examples"] = [str(parameter.example).split(",") if listed else parameter.example]
    return {
        "name": parameter.name,
        "description": " ".join([parameter.doc, *_passing(parameter.deprecated)]),
        "schema": schema,
        **({"style": "form", "explode": False} if listed else {}),
        **({"deprecated": True} if parameter.deprecated else {}),
    }


def _passing(told: Deprecation | None) -> list[str]:
    return [told.sentence] if told else []


def _complete(operation: Schema, view: Any, example: Mapping[str, Any]) -> None:
    """Give body and answers of success their examples, and say which headers tell of an end."""
    if "body" in example:
        for content in operation["requestBody"]["content"].values():
            content["example"] = example["body"]
    ends = view.deprecated or any(one.deprecated for one in view.parameters)
    for response in operation["responses"].values():
        if "$ref" in response:
            continue
        response["headers"] = response.get("headers", {}) | headers(*(PASSING if ends else ()))
        for content in response.get("content", {}).values():
            if "answer" in example:
                content["example"] = example["answer"]


def _answers(view: Any, schemas: dict[str, Schema], responses: dict[str, Schema]) -> Schema:
    tagged = TAGGED if view.conditional else ()
    paged = ("Link",) if get_origin(view.shape) is Page else ()
    beside = headers(*tagged, *paged, *(LIMITS if view.limited else ()))
    content = {"application/json": {"schema": shape_schema(view.shape, schemas)}}
    answers: Schema = {
        str(status): {"description": words, "headers": dict(beside), "content": content}
        for status, words in view.statuses.items()
    }
    return {**answers, **not_modified(responses)} if view.conditional else answers


def not_modified(responses: dict[str, Schema]) -> Schema:
    """The answer that nothing has changed; its description goes into `responses`."""
    words = "Nothing has changed since the ETag you hold."
    responses["NotModified"] = {"description": words, "headers": headers(*TAGGED)}
    return {"304": {"$ref": "#/components/responses/NotModified"}}
