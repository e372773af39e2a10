"""`duwang rulebook`: what the norm says, and whether a rulebook of one's own is right."""

from typing import Annotated

import typer

from audit.cli import explaining, options
from audit.cli.options import LanguageOption
from audit.cli.parts import all_checks
from audit.config import load_checked
from audit.errors import ConfigError
from audit.rulebooks import names

DEFAULT = "yunnan-2020"

app = typer.Typer(
    name="rulebook", help="规则集：列出、查看、校验。", no_args_is_help=True, rich_markup_mode=None
)


@app.command()
def show(
    rulebook: Annotated[
        str, typer.Argument(help="规则集编号或 .toml 文件", metavar="RULEBOOK")
    ] = DEFAULT,
    lang: LanguageOption = None,
) -> None:
    """说明一个规则集：单项否决、指标或任务、分值、出处。"""
    language = options.language(lang, "zh")
    explaining.explain_rulebook(load_checked(rulebook, all_checks())[0], language)


@app.command()
def validate(
    rulebooks: Annotated[
        list[str] | None,
        typer.Argument(help="规则集编号或 .toml 文件；不写就校验自带的全部", metavar="RULEBOOK"),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """校验规则集；有错时逐条写明文件、行号和可用的值，退出码2。"""
    language = options.language(lang, "zh")
    problems: list[str] = []
    for name in rulebooks or names():
        try:
            rulebook, _ = load_checked(name, all_checks())
        except ConfigError as error:
            problems += error.problems
            continue
        explaining.say_valid(rulebook, name, language)
    if problems:
        raise ConfigError(problems)
