"""Starts a check: `python docs/new_check.py stale-example` writes its module, its cases and its page.

What is written runs, judges nothing and fails the tests that ask for cases: those say what is left to do.
"""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ID = re.compile(r"(?!no-)[a-z]+(?:-[a-z]+)+")

MODULE = '''"""（检查项的中文名）: the defect in one line.

How it decides, and what could be decided otherwise.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    Message,
    Reading,
    Reason,
    Settings,
    Text,
    Texts,
    Verdict,
    site_subject,
    unknown,
)


class {name}Settings(Settings):
    """What the rulebook sets."""


def find(
    reading: Reading,
    settings: {name}Settings,  # noqa: ARG001 - nothing to set yet
    as_of: AsOf,  # noqa: ARG001 - the day plays no part yet
) -> Iterator[Verdict]:
    """Judge the site."""
    yield unknown(site_subject(reading), Reason.NOTHING_FOUND)


TEXTS = Texts(
    title=Text("（通过时页面是什么样）", "What a page in order looks like"),
    failure_title=Text("（检查项的中文名）", "The defect"),
    messages={{
        "code": Message(
            Text("（事实，数字和时限）。", "What is so, with the number and the limit."),
            Text("（一句话，怎样整改）。", "One imperative sentence."),
        ),
    }},
)

CHECK = Check(
    id="{id}",
    scope="site",
    settings={name}Settings,
    texts=TEXTS,
    basis=(Basis(document="（文件）", clause="（条款）", quote="（原文）", verified=False),),
    find=find,
)
'''

CASES = """# （检查项的中文名）: wanted are at least pass, fail, review or boundary, and not_assessed.

[[case]]
name = "a site that does not answer is not assessed"
as_of = 2020-06-24
status = "not_assessed"
reason = "nothing_found"
pages = {}
"""

PAGE = """# （检查项的中文名）（`{id}`）

<!-- generated -->
<!-- /generated -->

## 依据

## 查什么

## 怎么判

<!-- generated -->
<!-- /generated -->

## 常见误判

## 如何整改

## 配置

<!-- generated -->
<!-- /generated -->
"""


def main(arguments: list[str]) -> int:
    """Write the three files, unless one of them is there."""
    if len(arguments) != 1 or not ID.fullmatch(arguments[0]):
        sys.stderr.write(
            "usage: ./run new-check ID, a noun phrase that names the defect, such as stale-column\n"
        )
        return 2
    files = of_check(arguments[0])
    there = [path for path in files if (ROOT / path).exists()]
    if there:
        sys.stderr.write(f"already there: {', '.join(there)}\n")
        return 2
    for path, text in files.items():
        (ROOT / path).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path}\n")
    sys.stdout.write("Fill them in, then: ./run docs, ./run test\n")
    return 0


def of_check(check_id: str) -> Mapping[str, str]:
    """The files of a new check: path in the checkout → text."""
    module = check_id.replace("-", "_")
    name = "".join(word.capitalize() for word in check_id.split("-"))
    return {
        f"checks/{module}.py": MODULE.format(id=check_id, name=name),
        f"tests/checks/{module}.toml": CASES,
        f"docs/checks/{check_id}.md": PAGE.format(id=check_id),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
