"""The dataset folder: jobs, resumes, judgments, group labels and splits on disk."""
