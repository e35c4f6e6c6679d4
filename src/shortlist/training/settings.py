"""The settings of a training run: a recipe in `runs/` sets some, the rest keep these defaults."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from shortlist.masking import POLICIES

Pooling = Literal["base", "mean", "cls"]
Method = Literal["lora", "full"]
Order = Literal["shuffled", "balanced", "minority"]
Precision = Literal["float32", "bfloat16", "auto"]
Schedule = Literal["linear", "cosine", "constant"]


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """What is trained, and how a text is read."""

    base: str = "sentence-transformers/all-MiniLM-L6-v2"
    """A folder, or a name on the Hub. The default comes with the extra `train`."""
    pooling: Pooling = "base"
    """How token vectors become one: as the base says, or the mean, or the first token's."""
    projection: int = 0
    """Dimensions of a linear layer after pooling; 0 for none."""
    mask_policy: str = "standard"
    """What is hidden from the texts; the model folder then reads no other."""
    chunk_tokens: int = 128
    """A text of more tokens is cut, in training as when it is served."""
    job_prefix: str = ""
    resume_prefix: str = ""
    method: Method = "lora"
    """Low-rank additions to the weights of the layers that learn, or the weights themselves."""
    layers: int = 0
    """How many of the upper layers learn; those below are frozen, as are all embeddings. 0: all."""
    full_attention: int = 0
    """In how many of the upper layers attention is trained in full. LoRA leaves it out there."""
    lora_rank: int = 16
    lora_alpha: int = 32
    lora_dropout: float = 0.0
    lora_targets: tuple[str, ...] = ()
    """Names of linear layers, such as `query`; all those of attention and feed-forward if empty."""
    sections: bool = False
    """Whether a layer of attention over sections learns too. Texts are then read in the parts that
    a score reads: the passages of a resume, the text and the title of a job."""
    dropout: float = 0.1
    """In layers that learn; frozen layers have none."""

    def faults(self) -> Iterator[str]:
        if self.mask_policy not in POLICIES:
            yield f"mask_policy: {self.mask_policy!r} is not one of {', '.join(POLICIES)}"
        yield from _too_small(self, 8, "chunk_tokens")
        yield from _too_small(self, 0, "projection", "layers", "full_attention")
        yield from _too_small(self, 1, "lora_rank", "lora_alpha")
        for name in ("dropout", "lora_dropout"):
            if not 0 <= getattr(self, name) < 1:
                yield f"{name}: must lie in [0, 1)"
        if self.layers and self.full_attention > self.layers:
            yield "full_attention: is more than `layers`, the number of layers that learn"


@dataclass(frozen=True, slots=True)
class DataSettings:
    """Which pairs are learned from, and in which order."""

    train_split: str = "train"
    validation_split: str = "validation"
    attributes: tuple[str, ...] = ()
    """Attributes of groups.csv that fairness terms, samplers and selection look at."""
    same: str = ""
    """An attribute such as `category`: resumes that share it are no negatives of each other's
    jobs, except where a judgment says so."""
    hard_negatives: int = 1
    """Resumes with grade 0 for the same job that go with each fitting pair, drawn anew each epoch;
    fewer where there are fewer."""
    chunks: int = 0
    """At most so many chunks of a text are read in an epoch, drawn anew each time; 0 for all.
    With `model.sections` a passage is a chunk."""
    order: Order = "shuffled"
    """`shuffled`; `balanced`: drawn with replacement, each group as often as any other, times its
    prior; `minority`: shuffled, each batch with a pair of every group of at most median size."""
    priors: dict[str, float] = field(default_factory=dict)
    """By value of an attribute: how much more often `balanced` draws it. 1 where not given."""

    def faults(self) -> Iterator[str]:
        yield from _too_small(self, 0, "hard_negatives", "chunks")
        if self.order != "shuffled" and not self.attributes:
            yield f"order: `{self.order}` needs `attributes`"
        if any(prior <= 0 for prior in self.priors.values()):
            yield "priors: must be above 0"


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each term counts; 0 leaves it out. Fairness terms are warmed up."""

    contrastive: float = 1.0
    match: float = 0.0
    """Cross-entropy of fitting and not fitting on the calibrated similarity."""
    parity: float = 0.0
    """Variance between groups of the mean probability."""
    odds: float = 0.0
    """The same among pairs that fit, and among pairs that do not."""
    gap: float = 0.0
    """Largest less smallest group mean of the probability."""
    gap_squared: float = 0.0
    mmd: float = 0.0
    """Distance between the groups' distributions of similarities."""
    adversary: float = 0.0
    """Cross-entropy of a discriminator that guesses the group, reversed."""
    attribute: float = 0.0
    """Cross-entropy of a head that guesses the group, not reversed: it keeps the group readable
    in the vectors, and works against the adversary."""
    similarity: float = 0.0
    """Distillation: the similarities within a batch follow the teacher's."""
    scores: float = 0.0
    """Distillation: the similarity of each pair is the teacher's."""

    def faults(self) -> Iterator[str]:
        yield from _too_small(self, 0, *self.__slots__)
        if not any(getattr(self, name) > 0 for name in TASK):
            yield f"one of {', '.join(TASK)} must be above 0"


TASK = ("contrastive", "match", "similarity", "scores")
FAIRNESS = ("parity", "odds", "gap", "gap_squared", "mmd", "adversary", "attribute")


@dataclass(frozen=True, slots=True)
class ObjectiveSettings:
    """What the terms are made of."""

    weights: Weights = Weights()
    temperature: float = 0.05
    learn_temperature: bool = False
    warmup: float = 0.1
    """The share of all steps over which the fairness terms' weights rise from 0."""
    adversary_width: int = 256
    adversary_cap: float = 0.0
    """The adversary's weight falls to this once the gap is under the selection's threshold and
    nDCG is under `cap_below`; 0 never."""
    cap_below: float = 1.0
    """A share of the best nDCG so far."""
    erase: bool = False
    """Whether a linear map that erases the groups is fitted and becomes part of the model."""
    teacher: str = ""
    """For distillation: a model folder."""

    def faults(self) -> Iterator[str]:
        if self.temperature <= 0:
            yield "temperature: must be above 0"
        if not 0 <= self.warmup <= 1:
            yield "warmup: must lie in [0, 1]"
        yield from _too_small(self, 1, "adversary_width")
        distilled = self.weights.similarity > 0 or self.weights.scores > 0
        if distilled != bool(self.teacher):
            yield "teacher: needs weights.similarity or weights.scores, and they need a teacher"


@dataclass(frozen=True, slots=True)
class OptimizerSettings:
    """Steps, rates and precision."""

    epochs: int = 5
    batch: int = 32
    """Pairs in a batch, over all processes."""
    accumulate: int = 1
    """Batches to a step."""
    max_steps: int = 0
    """Stops after so many steps; 0 for all epochs."""
    rate: float = 1e-4
    attention_rate: float = 3e-5
    """For attention that is trained in full, in the uppermost layer."""
    attention_decay: float = 0.85
    """Times this for every layer below."""
    head_rate: float = 2e-4
    """For projection, attention over sections, calibration and heads."""
    adversary_rate: float = 4e-4
    weight_decay: float = 0.01
    warmup: float = 0.1
    """The share of steps over which rates rise."""
    schedule: Schedule = "linear"
    clip: float = 1.0
    """The longest gradient; the adversary's own is clipped by itself."""
    precision: Precision = "float32"
    """`auto`: bfloat16 where the machine computes in it, else float32."""
    tokens_at_once: int = 8192
    """Tokens that go through the model at a time, in chunks of about one length."""
    cached_gradients: bool = False
    """Two passes, of which the second keeps one part's intermediate results at a time."""
    prefix_cache: bool = False
    """Keep what the frozen layers compute on disk, so that later epochs begin above them."""
    save_steps: int = 0
    """Keep what `--resume` needs every so many steps; 0: after every epoch."""
    report_to: tuple[str, ...] = ("tensorboard",)
    """Who else is told the losses: `tensorboard`, `wandb`, `mlflow`, as far as installed."""

    def faults(self) -> Iterator[str]:
        yield from _too_small(self, 1, "epochs", "batch", "accumulate", "tokens_at_once")
        yield from _too_small(self, 0, "max_steps", "save_steps", "weight_decay")
        for name in ("rate", "attention_rate", "attention_decay", "head_rate", "adversary_rate"):
            if getattr(self, name) <= 0:
                yield f"{name}: must be above 0"
        if self.clip <= 0:
            yield "clip: must be above 0"
        if not 0 <= self.warmup < 1:
            yield "warmup: must lie in [0, 1)"


@dataclass(frozen=True, slots=True)
class SelectionSettings:
    """Which epochs' models are kept, and when to stop. All scales are fixed."""

    patience: int = 3
    """Stop after so many epochs without a better nDCG or a better mix."""
    utility_share: float = 0.7
    """The mix is this share of nDCG@10, and the rest of one less the gap."""
    gap_threshold: float = 0.12
    """`best_util_model` and `window_best_model` are chosen among epochs with a smaller gap."""
    window: tuple[int, ...] = (1, 1000)
    """First and last epoch of `window_best_model`."""
    select: str = "rate:0.2"
    """Who counts as selected when gaps are measured: as `shortlist audit --select`."""
    min_n: int = 20
    """Groups with fewer validation pairs have no rate."""
    group_temperature: bool = False
    """Fit a temperature for each group too. It is reported, never served."""
    gap_penalty: float = 0.0
    """How much F1 a gap of 1 in selection rates is worth when the threshold is chosen."""

    def faults(self) -> Iterator[str]:
        yield from _too_small(self, 1, "patience", "min_n")
        if not 0 <= self.utility_share <= 1:
            yield "utility_share: must lie in [0, 1]"
        if len(self.window) != 2 or not 1 <= self.window[0] <= self.window[1]:
            yield "window: must be the first and the last epoch, counted from 1"


@dataclass(frozen=True, slots=True)
class Settings:
    """All of a run."""

    seed: int = 42
    model: ModelSettings = ModelSettings()
    data: DataSettings = field(default_factory=DataSettings)
    objective: ObjectiveSettings = ObjectiveSettings()
    optimizer: OptimizerSettings = OptimizerSettings()
    selection: SelectionSettings = SelectionSettings()

    def faults(self) -> Iterator[str]:
        weights = self.objective.weights
        asked = [name for name in FAIRNESS if getattr(weights, name) > 0]
        asked += ["erase"] if self.objective.erase else []
        if asked and not self.data.attributes:
            yield f"data.attributes: {', '.join(asked)} need at least one attribute of groups.csv"
        if self.optimizer.prefix_cache and not self.model.layers:
            yield "optimizer.prefix_cache: needs frozen layers: set model.layers"
        if self.optimizer.prefix_cache and self.optimizer.cached_gradients:
            yield "optimizer.cached_gradients: has no use with prefix_cache: choose one"


def _too_small(settings: object, least: int, *names: str) -> Iterator[str]:
    for name in names:
        if getattr(settings, name) < least:
            yield f"{name}: must be at least {least}"
