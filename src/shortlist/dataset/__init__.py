"""The dataset folder: jobs, resumes, judgments, group labels and splits on disk."""

from shortlist.dataset.folder import Dataset, read_dataset, write_dataset

__all__ = ["Dataset", "read_dataset", "write_dataset"]
