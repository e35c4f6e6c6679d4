"""A model that learned one answer, behind a real server: what is learned is what is asked."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from llm import toy
from shortlist.errors import ConfigError
from shortlist.explain.skills import Rubrics, SkillRule
from shortlist.llm import Client, LlmScorer
from shortlist.llm.examples import Example
from shortlist.llm.skill_prompt import answer, messages
from shortlist.llm.tuning import LocalModel, Tuning, merge, tune_by_examples
from shortlist.records import Document, SkillScore

pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated and will be removed in v6")

TEXT = "EXPERIENCE\n- Baked rye bread for twelve cafes every night\n"
ENTRIES = [
    {
        "skill": "baking",
        "status": "used",
        "score": 4,
        "quotes": ["Baked rye bread for twelve cafes"],
        "reason": "Bakes for cafes.",
    }
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    prompt = messages(TEXT, [SkillRule("baking", Rubrics.load().rule("baking").rubric)])
    example = Example(prompt, answer(ENTRIES))
    texts = [message["content"] for message in prompt]
    base = toy.save(folder / "base", *texts, example.answer)
    settings = Tuning(
        base=str(base),
        targets=("qkv_proj", "o_proj", "gate_up_proj", "down_proj"),
        dropout=0.0,
        four_bit=False,
        steps=60,
        batch=1,
        accumulation=1,
        learning_rate=1e-2,
        warmup_steps=5,
        save_steps=1000,
    )
    merge(tune_by_examples(settings, [example], out=folder / "run"), folder / "merged")
    return folder / "merged"


@contextmanager
def server(model: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("transformers")), "serve", str(model)]
    command += ["--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HF_HUB_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": ""},
    )
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("the server did not begin to listen")


def check(score: SkillScore) -> None:
    assert (score.score, score.status, score.reason) == (4, "used", "Bakes for cafes.")
    (quote,) = score.quotes
    assert TEXT[quote.start : quote.end] == quote.quote == "Baked rye bread for twelve cafes"


def test_a_served_model_scores_by_what_it_learned(served: Path) -> None:
    with server(served) as url:
        scorer = LlmScorer(Client(url, str(served)), samples=1)
        check(scorer.score(Document("mo", TEXT), ["baking"], Rubrics.load()).scores[0])
        assert (scorer.counts.requests, scorer.counts.unread_entries) == (1, 0)
        other = scorer.score(Document("mo", "Sorted post."), ["juggling"], Rubrics.load())
        assert other.scores[0].score in (None, 0), "no quote of another resume can stand in it"
        with pytest.raises(ConfigError, match=r"127\.0\.0\.1"):
            Client(url, "no such model").complete([{"role": "user", "content": "hm"}])


def test_the_same_model_in_this_process_scores_alike(served: Path) -> None:
    scorer = LlmScorer(LocalModel(str(served)), samples=1)
    check(scorer.score(Document("mo", TEXT), ["baking"], Rubrics.load()).scores[0])
