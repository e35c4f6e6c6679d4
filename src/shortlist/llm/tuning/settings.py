"""Settings of the training of a language model; the defaults are those of a run on one GPU."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tuning:
    """How a language model learns to score skills. One recipe serves both stages.

    Stage one, supervised fine-tuning (SFT), learns answers; stage two, direct preference
    optimization (DPO), starts from the adapter of stage one and learns which of two answers is
    the better one.
    """

    base: str
    """Hub id or folder of the model to start from."""

    adapter: str = ""
    """Folder of the adapter to go on from: the SFT run's `adapter`, for DPO."""

    four_bit: bool = True
    """Load the base in 4-bit NF4 with double quantization, computed in bfloat16 (QLoRA)."""

    rank: int = 16
    """LoRA: rank of the update."""

    alpha: int = 32
    """LoRA: the update is scaled by alpha / rank."""

    dropout: float = 0.05
    """LoRA: dropout before the update, in [0, 1)."""

    targets: tuple[str, ...] = ()
    """LoRA: names of the layers to adapt. Empty: all linear layers of the attention that the model
    has, by whatever names. A name that matches nothing is an error."""

    epochs: float = 3.0
    """Passes over the data."""

    steps: int = 0
    """Steps to stop after, whatever `epochs` says; 0: no such limit."""

    batch: int = 4
    """Examples per device and step."""

    accumulation: int = 4
    """Steps whose gradients are added up before the weights change."""

    learning_rate: float = 2e-4
    """Highest learning rate; it falls along a cosine."""

    weight_decay: float = 0.01
    """Weight decay of AdamW."""

    warmup_steps: int = 10
    """Steps over which the learning rate rises from 0."""

    max_tokens: int = 4096
    """Examples longer than this are left out and counted, never cut."""

    beta: float = 0.1
    """DPO: how strongly the model is held to where it started (Rafailov et al. 2023, eq. 7)."""

    log_steps: int = 10
    """Steps between two entries of the history."""

    eval_steps: int = 50
    """Steps between two measurements on the examples kept apart for validation."""

    save_steps: int = 100
    """Steps between two checkpoints to go on from."""

    report_to: str = "none"
    """Where the trainer also writes its log: none, tensorboard, wandb or mlflow."""

    seed: int = 0
    """Seed of the order of examples, of the first adapter and of dropout."""
