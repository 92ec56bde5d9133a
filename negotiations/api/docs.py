"""The documentation page: readable without scripts, tried out with them, and offline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.generic import TemplateView

from negotiations.api.parameters import LARGEST
from negotiations.api.problems import CODES, sentence_of
from negotiations.api.schema import document
from negotiations.lifetimes import lifetime

_JSON = {
    "string": "text", "integer": "a number", "boolean": "true or false", "null": "null",
}  # fmt: skip
_FORMS = {"": "text", "date": "a day", "date-time": "a moment"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One parameter as the description has it; `place` is path, query or header."""

    name: str
    place: str
    doc: SafeString
    takes: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One method of one address as the description has it."""

    path: str
    method: str
    # Whether it takes a token.
    scoped: bool
    deprecated: bool
    operation_id: str
    tag: str
    summary: SafeString
    description: SafeString
    parameters: tuple[Told, ...]


def routes(described: Mapping[str, Any] | None = None) -> Iterator[Route]:
    """Every route of a description (by default of all that there is), in the order of `urls.py`."""
    read = described or orjson.loads(document())
    for path, item in read["paths"].items():
        for method, operation in item.items():
            yield Route(
                path=path,
                method=method.upper(),
                scoped={} not in operation["security"],
                deprecated=operation.get("deprecated", False),
                operation_id=operation["operationId"],
                tag=operation["tags"][0],
                summary=_marked(operation["summary"]),
                description=_marked(operation.get("description", "")),
                parameters=tuple(_parameters(operation, read["components"]["schemas"])),
            )


def problems() -> Iterator[dict[str, Any]]:
    """Code, status and sentences of every problem that a script can meet."""
    for codes in CODES.values():
        for code in codes:
            yield {"code": code, **asdict(sentence_of(code))}


def _parameters(operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[Told]:
    for parameter in operation["parameters"]:
        # Every conditional GET takes If-None-Match, and every write a key: that is told once.
        if parameter["in"] != "header" or parameter["required"]:
            yield _told(parameter)
    for taken in operation.get("requestBody", {}).get("content", {}).values():
        for name in _references(taken["schema"]):
            yield from _members(schemas[name], schemas)


def _references(schema: Mapping[str, Any]) -> Iterator[str]:
    """The one object that a body is; bodies that differ by noun are told by the POST of each."""
    if "$ref" in schema:
        yield schema["$ref"].rpartition("/")[2]


def _members(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[Told]:
    for name, member in schema["properties"].items():
        needed = name in schema["required"]
        default = orjson.dumps(member.get("default")).decode()
        yield Told(
            name=name,
            place="body",
            doc=_marked("needed" if needed else f"`{default}` when left out"),
            takes=_kind(member, schemas),
            example="",
        )


def _kind(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> str:
    """What a member of a body takes, in a few words."""
    match schema:
        case {"$ref": str(name)} | {"allOf": [{"$ref": str(name)}]}:
            return ", ".join(schemas[name.rpartition("/")[2]]["enum"])
        case {"anyOf": each}:
            return " or ".join(_kind(one, schemas) for one in each)
        case {"type": "array", "items": one}:
            return f"a list of: {_kind(one, schemas)}"
        case {"type": "object", "properties": members}:
            return f"an object of {', '.join(members)}"
    form = schema.get("format")
    return _FORMS[form] if form else _JSON[schema["type"]]


def _told(parameter: Mapping[str, Any]) -> Told:
    (example,) = parameter["schema"].get("examples", ("",))
    return Told(
        name=parameter["name"],
        place=parameter["in"],
        doc=_marked(parameter["description"]),
        takes=_takes(parameter["schema"]),
        example=",".join(example) if isinstance(example, list) else str(example),
    )


def _takes(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_takes(one) for one in schema["anyOf"])
    if schema["type"] == "array":
        return f"any of {_takes(schema['items'])}, separated by commas"
    if schema["type"] == "integer":
        least, most = schema["minimum"], schema["maximum"]
        return f"{least} to {most}" if most < LARGEST else f"a number from {least}"
    return _FORMS[schema.get("format", "")]


def _marked(text: str) -> SafeString:
    """What stands between backticks as code."""
    parts = enumerate(text.split("`"))
    return format_html_join("", "{}", ((_code(part) if n % 2 else part,) for n, part in parts))


def _code(part: str) -> SafeString:
    return format_html_join("", "<code>{}</code>", ((part,),))


class ShowDocs(TemplateView):
    """How programs read the record."""

    template_name = "api/docs.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; it is in English, and says so."""
        response = super().get(request, *args, **kwargs)
        response["Content-Language"] = "en"
        response["Cache-Control"] = lifetime(now=timezone.now(), zone=settings.DESK_ZONE)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The routes by group, the problems, and this site's own address."""
        groups: dict[str, list[Route]] = {}
        for route in routes():
            groups.setdefault(route.tag, []).append(route)
        base = settings.SITE_URL or f"{self.request.scheme}://{self.request.get_host()}"
        told = {"groups": groups, "problems": list(problems()), "base": base}
        return super().get_context_data(**told, **kwargs)
