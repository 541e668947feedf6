"""The front matter of a registry file: one YAML mapping of plain texts, then free text."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from ..errors import RegistryError, printable
from ..project import current
from .fields import Field

_MOST_BRACKETS = 50


def read_front_matter(file: str, content: bytes) -> dict[str, Field]:
    """Read the fields of a registry file: name to text and line.

    The text after the front matter is not read: it is the supporter's own.

    Raises:
        RegistryError: if the file is not UTF-8 or its front matter is not a YAML mapping.
    """
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise RegistryError(f"{file}:{line}: not UTF-8.") from None
    fields = text.partition("\n---")[0]
    if fields.count("[") + fields.count("{") > _MOST_BRACKETS:  # which take the parser seconds
        raise RegistryError(f"{file}:1: the front matter nests too deeply.")
    try:
        mapping = next(iter(yaml.compose_all(_fixed(file, text), yaml.BaseLoader)), None)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RegistryError(
            f"{file}:{line}: the front matter is not YAML: {error.problem}."
        ) from None
    except yaml.YAMLError as error:
        problem = printable(str(error))
        raise RegistryError(f"{file}:1: the front matter is not YAML: {problem}.") from None
    except RecursionError:
        raise RegistryError(f"{file}:1: the front matter nests too deeply.") from None
    if not isinstance(mapping, yaml.MappingNode):
        raise RegistryError(f"{file}:1: the front matter is not a list of fields.")
    return dict(_fields(file, mapping))


def _fields(file: str, mapping: yaml.MappingNode) -> Iterator[tuple[str, Field]]:
    lines: dict[str, int] = {}
    for key, value in mapping.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode):
            raise RegistryError(f"{file}:{line}: the field is not a plain text.")
        if key.value in lines:
            raise RegistryError(
                f"{file}:{line}: the field {printable(key.value)} is on line {lines[key.value]} too."
            )
        lines[key.value] = line
        yield key.value, Field(value.value, line)


def _fixed(file: str, text: str) -> str:
    for stem, (fault, meant) in current().registry.faults.items():
        if file.startswith(stem):
            return text.replace("\r\n", "\n").replace(fault, meant)
    return text
