"""The examples of the documentation, run; ``python -m tests.adapters.examples NAME`` runs one."""

from __future__ import annotations

import ast
import re
import sys
from typing import Any

from tests.conftest import ROOT

PAGE = (ROOT / "docs/pages/adapters.md").read_text("utf-8")


def examples(page: str) -> dict[str, str]:
    """The examples of a page, by name."""
    return dict(re.findall(r"<!-- example: (\w+) -->\n```python\n(.*?)```\n", page, re.DOTALL))


EXAMPLES = examples(PAGE)


def run(name: str) -> int:
    """Run an example; what a comment says that an expression gives, it has to give.

    Returns:
        How many expressions were compared.
    """
    return run_code(EXAMPLES[name], {"__name__": "__main__"})


def run_code(example: str, names: dict[str, Any]) -> int:
    """The same of any code.

    Args:
        example: the code.
        names: what is defined before, and after.
    """
    lines = example.splitlines()
    compared = 0
    for statement in ast.parse(example).body:
        code = ast.get_source_segment(example, statement)
        assert code is not None
        _, _, value = lines[(statement.end_lineno or 0) - 1].partition("  # ")
        if isinstance(statement, ast.Expr) and value:
            shown = repr(eval(code, names))
            assert shown == value, f"{code} is {shown}"
            compared += 1
        else:
            exec(code, names)
    return compared


if __name__ == "__main__":
    assert run(sys.argv[1]) >= 3
