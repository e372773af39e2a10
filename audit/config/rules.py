"""A rulebook held against the checks that exist: names that name nothing, settings that do not fit."""

from collections.abc import Iterator, Mapping

from pydantic import ValidationError

from audit.api import AnyCheck
from audit.config.problems import explain
from audit.errors import ConfigError, did_you_mean
from audit.lines import Lines
from audit.rulebooks import Rulebook, place_of
from audit.rulebooks import load as load_rulebook


def load_checked(name_or_path: str, checks: Mapping[str, AnyCheck]) -> tuple[Rulebook, str]:
    """A rulebook and its text, held against the checks; raises ConfigError with every problem."""
    rulebook, text = load_rulebook(name_or_path)
    problems = list(rulebook_problems(rulebook, text, name_or_path, checks))
    if problems:
        raise ConfigError(problems)
    return rulebook, text


def rulebook_problems(
    rulebook: Rulebook, text: str, where: str, checks: Mapping[str, AnyCheck]
) -> Iterator[str]:
    """Checks that do not exist, and settings that a check does not take, with file and line."""
    lines = Lines(text)
    known = sorted(checks)
    for key, name in rulebook.named_checks():
        if name not in checks:
            at = place_of(key, text)
            yield (
                f"{where}{at}：{key} = {name!r} 没有这个检查项；可用：{'、'.join(known)}"
                f"{did_you_mean(name, known)}"
            )
    for check_id, settings in rulebook.checks_.items():
        if check_id in checks:
            try:
                checks[check_id].settings.model_validate(settings)
            except ValidationError as error:
                kind = checks[check_id].settings
                for one in error.errors():
                    yield explain(one, kind, where, lines, above=("checks", check_id))
