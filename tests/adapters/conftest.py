"""What the tests of the adapters share. No library may ask a network for anything."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

os.environ |= {
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "LANGSMITH_TRACING": "false",
}

TEXT = """How the old harbour got its trams back
Harbour Gazette
By Ann Lee

Share this article:

The first tram in forty years rolled along the quay on Monday, and half the town came to see it.

Work on the line took six years and cost less than planned, the council said.

Subscribe to our newsletter
"""
BODY = """The first tram in forty years rolled along the quay on Monday, and half the town came to \
see it.

Work on the line took six years and cost less than planned, the council said."""
FOUND = {
    "title": "How the old harbour got its trams back",
    "source": "Harbour Gazette",
    "authors": ["Ann Lee"],
    "language": "en",
}
"""What the text says of itself, beside its body."""

CUT = ["Share this article:", "Subscribe to our newsletter"]


@pytest.fixture
def config(tmp_path: Path) -> str:
    """A configuration file that switches off one of the two rules that take something out."""
    file = tmp_path / "cleaner.toml"
    file.write_text('disable = ["share.prompt"]\n', "utf-8")
    return str(file)


def cut_out(spans: Any, text: str = TEXT) -> list[str]:
    """The stretches of the text that removals or blocks say."""
    return [text[span["start"] : span["end"]] for span in spans]
