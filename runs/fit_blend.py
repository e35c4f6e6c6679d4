"""Fits the blend that comes with shortlist: `SHORTLIST_DATA=... python -m runs.fit_blend`.

On the half of the jobs of rjdb and of categories that weights are chosen on; `benchmarks/ab.py`
reports the other half. Run it again when the default model, the weights of the learned score or
what is read from texts changes.
"""

from pathlib import Path

from benchmarks.judged_sets import categories, rjdb, together
from benchmarks.results import data_folder

from shortlist.report.tables import shown
from shortlist.scorers import learned_matcher, write_blend
from shortlist.scorers.blend_fit import fit_blend

OUT = Path(__file__).parent.parent / "src/shortlist/scorers/blend.json"
NAME = "rjdb and categories, the half that weights are chosen on"


def main() -> None:
    """Fit and write."""
    folder = data_folder()
    sets = (rjdb(folder, chosen_on=True), categories(folder, chosen_on=True))
    data = together(NAME, sets)
    blend = fit_blend(learned_matcher(), data.pool, data.texts, data.name)
    OUT.write_text(write_blend(blend), encoding="utf-8")
    for name, estimate in (*blend.fit.weights.items(), *blend.fit.in_order.items()):
        print(f"{name:10} {shown(estimate)} n = {estimate.n}")


if __name__ == "__main__":
    main()
