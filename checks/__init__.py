"""The checks: one module each, found by itself. Adding one touches no list."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from audit.api import AnyCheck, check_of


@cache
def load() -> Mapping[str, AnyCheck]:
    """Every check by id, in the order of ids. The id is the module's name with hyphens."""
    found: dict[str, AnyCheck] = {}
    for module in iter_modules(__path__):
        name = f"{__name__}.{module.name}"
        check = check_of(import_module(name))
        if check.id in found:
            message = f"{name} holds a second check {check.id!r}"
            raise ValueError(message)
        if check.id != module.name.replace("_", "-"):
            message = f"{name} holds the check {check.id!r}"
            raise ValueError(message)
        found[check.id] = check
    return MappingProxyType(dict(sorted(found.items())))
