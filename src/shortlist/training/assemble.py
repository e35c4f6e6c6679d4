"""A recipe and a data set -> a run that is ready to go."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from shortlist.dataset import Dataset
from shortlist.training.base import load_base
from shortlist.training.batch import Collator
from shortlist.training.corpus import Corpus, Reader, check_dataset, read_corpus
from shortlist.training.distillation import Teacher
from shortlist.training.loop import Loop, steps_of
from shortlist.training.objective import Objective
from shortlist.training.order import Batches
from shortlist.training.prefix import Prefix
from shortlist.training.quick import quicken
from shortlist.training.sections import Sections
from shortlist.training.settings import Settings
from shortlist.training.trainable import layers_of, prepare, share_of
from shortlist.training.trainer import Trainer, arguments, row_numbers
from shortlist.training.validation import Validator
from shortlist.training.vectors import Vectorizer
from shortlist.training.weighting import Weighting

Groups = Mapping[str, Mapping[str, str]]


def assemble(settings: Settings, dataset: Dataset, groups: Groups, out: Path) -> Loop:
    """Return a run, with the model loaded and the texts masked and cut.

    Raises:
        ConfigError: a setting cannot be met by the model or the data.
        DataError: the data set is for tests only, or has nothing to learn from.
        ModelError: the base model, or the teacher, cannot be had.
    """
    check_dataset(dataset)
    args = arguments(settings, out / "checkpoints")  # seeds, and joins the other processes
    model = load_base(settings.model)
    layers = list(layers_of(model[0].model))
    shares = prepare(model, settings.model)
    quicken(model[0].model)
    reader = Reader(model, settings.model)
    train, validation = (
        read_corpus(dataset, split, groups, reader, settings=settings.data)
        for split in (settings.data.train_split, settings.data.validation_split)
    )
    rows = np.flatnonzero(train.fits)
    batches = Batches(rows, train, settings.optimizer.batch, settings.data, settings.seed)
    vectorizer = _vectorizer(settings, model, (train, validation), len(layers), out)
    objective = Objective(
        model,
        train,
        settings.objective,
        weighting=Weighting(settings.objective, steps_of(settings, len(batches))),
        vectorizer=vectorizer,
        teacher=_teacher(settings, dataset, train),
    )
    if settings.model.sections:
        objective.sections = Sections(int(model.get_embedding_dimension()))
        shares = (*shares, share_of("attention over sections", objective.sections))
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=row_numbers(len(rows)),
        loss=objective,
        data_collator=Collator(rows, train, settings.data, batches, prefix=vectorizer.prefix),
    )
    trainer.batches, trainer.recipe, trainer.layers = batches, settings.optimizer, layers
    known = {name: groups[name] for name in settings.data.attributes}
    validator = Validator(
        validation, known, settings.selection, seed=settings.seed, vectorizer=vectorizer
    )
    return Loop(settings, out, _plain(model), shares, train, validation, trainer, validator)


def _plain(model: SentenceTransformer) -> SentenceTransformer:
    """Return the model that is validated and exported: it shares all weights with the other one.

    That one gets a `forward` in mixed precision from the trainer; what is served is float32.
    """
    return SentenceTransformer(modules=[*model.children()], device=str(model.device))


def _vectorizer(
    settings: Settings,
    model: SentenceTransformer,
    corpora: tuple[Corpus, Corpus],
    layers: int,
    out: Path,
) -> Vectorizer:
    recipe = settings.optimizer
    prefix = None
    if recipe.prefix_cache:
        texts = (text for corpus in corpora for text in (*corpus.jobs, *corpus.resumes))
        chunks = [chunk for text in texts for chunk in text.chunks]
        prefix = Prefix(model, layers - settings.model.layers, chunks, out / "prefix")
    return Vectorizer(
        recipe.tokens_at_once, cached_gradients=recipe.cached_gradients, prefix=prefix
    )


def _teacher(settings: Settings, dataset: Dataset, train: Corpus) -> Teacher | None:
    folder = settings.objective.teacher
    if not folder:
        return None
    how = settings.model
    return Teacher.read(
        Path(folder), dataset, train, policy=how.mask_policy, in_sections=how.sections
    )
