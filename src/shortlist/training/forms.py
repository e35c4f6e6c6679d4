"""The adapters of a trained model as a folder that PEFT loads."""

import copy
import logging
import shutil
from pathlib import Path

import torch
from peft import PeftModel
from sentence_transformers import SentenceTransformer

from shortlist.training.towers import merged, tower

_log = logging.getLogger(__name__)

_TOLERANCE = 1e-4
"""The most that a token's vector may differ, of numbers of about 1."""


def save_adapter(model: SentenceTransformer, folder: Path) -> bool:
    """Write the adapters of a model, if it has any, and return whether they are written.

    They are left out, and the log says so, where base model and adapters together do not give the
    vectors of the model, because other weights were trained too.
    """
    inner = tower(model)
    if not isinstance(inner, PeftModel):
        return False
    inner.save_pretrained(str(folder), save_embedding_layers=False)  # else it asks the Hub
    for left in folder.glob("README.md"):
        left.unlink()  # a template with nothing filled in
    base = copy.deepcopy(inner).cpu().float().unload()
    again = PeftModel.from_pretrained(base, str(folder)).eval()
    apart = _apart(again, tower(merged(model)))
    if apart > _TOLERANCE:
        _log.warning("no adapter is written: without other weights it differs by %.2g", apart)
        shutil.rmtree(folder)
    return apart <= _TOLERANCE


def _apart(one: torch.nn.Module, other: torch.nn.Module) -> float:
    numbers = torch.arange(1, 25).reshape(2, 12)
    probe = {"input_ids": numbers, "attention_mask": torch.ones_like(numbers)}
    with torch.inference_mode():
        difference = one(**probe).last_hidden_state - other(**probe).last_hidden_state
    return float(difference.abs().max())
