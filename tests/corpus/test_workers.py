"""What workers are told, and what they have already."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys

from cleaner import Pipeline
from cleaner.corpus.entry import Entry
from cleaner.corpus.work import Cleaning
from cleaner.pipeline import builtin_rules
from tests.conftest import environment

_LOADED = """\
import json, sys
import cleaner.corpus.warm
from cleaner.judge.model import builtin_model
from cleaner.pipeline import builtin_rules

lazily = [type(builtin_rules().matcher)._patterns.attrname, "languages"]
made = {**vars(builtin_rules().matcher), **vars(builtin_rules())}
print(json.dumps({
    "made": [name in made for name in lazily],
    "models": builtin_model.cache_info().currsize,
    "modules": [name in sys.modules for name in ("numpy", "re2", "langdetect", "trafilatura")],
}))
"""
_TEXT = (
    b"A late tide\n\nIt rained all day, and nobody on the quay was surprised.\n\nSubscribe now\n"
)


def test_what_workers_need_for_texts_is_loaded_before_they_are_forked() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOADED], env=environment(), capture_output=True, check=True
    )
    assert json.loads(done.stdout) == {
        "made": [True, True],
        "models": 1,
        "modules": [True, True, True, False],
    }


def test_the_built_in_rules_are_not_sent_to_workers() -> None:
    sent = pickle.dumps(Cleaning(Pipeline(dial="gentle"), None, None))
    assert len(sent) < 5_000
    found = pickle.loads(sent)
    assert found.pipeline.rules is builtin_rules()
    assert found.fingerprint() == Cleaning(Pipeline(dial="gentle"), None, None).fingerprint()


def test_sending_a_pipeline_leaves_it_as_it_is() -> None:
    pipeline = Pipeline()
    pickle.dumps(Cleaning(pipeline, None, None))
    assert pipeline.rules is builtin_rules()


def test_other_rules_are_sent_to_workers() -> None:
    own = Cleaning(Pipeline().without_rules("newsletter"), "utf-8", 2, "text", ("x",))
    found = pickle.loads(pickle.dumps(own))
    assert (found.encoding, found.indent, found.format, found.carry) == ("utf-8", 2, "text", ("x",))
    assert found.fingerprint() == own.fingerprint()
    entry = Entry("a.txt", _TEXT, "a.txt")
    assert found.clean(entry) == own.clean(entry)
