"""What each judge has not seen while it was trained, so that others can be fitted and measured with what it says."""

import json
import os
from functools import cache
from pathlib import Path

from chatbot.judge.cross_encoder import CrossEncoder, Judge
from config.catalogue import embedded_models
from config.settings import Settings
from eval.questions import QuestionSet, load_questions
from ingest.embedding.e5_file import read_e5
from ingest.embedding.e5_onnx import E5Inputs
from ingest.embedding.model_files import model_path

FITTING = Path(__file__).parents[1] / "fitting"
XQUAD = ("xquad.de.json", "xquad.en.json")
ARTICLES = 32  # of XQuAD that are trained with; the others are for fitting and measuring
FOLDS = 2
# The organisations that the judge which comes with the program was trained with; whoever trains another names its own.
SEEN = (
    "bakery_chain", "energy_utility", "hotel_group", "insurance_broker", "machine_tools", "pharma_wholesaler",
    "software_house", "vocational_school",
)  # fmt: skip


def organisations() -> list[Path]:
    """The folders of the organisations that are fitted and trained with."""
    return sorted(path for path in FITTING.iterdir() if path.is_dir())


def unseen_organisations() -> list[Path]:
    """The folders of the organisations that the judge has not seen which comes with the program."""
    return [folder for folder in organisations() if folder.name not in SEEN]


def fold_of(name: str) -> int | None:
    """The fold that an organisation is left out of, None for what no judge is trained with."""
    names = [folder.name for folder in organisations()]
    return names.index(name) // 2 % FOLDS if name in names else None


def without_trained(path: Path, folder: Path) -> Path:
    """XQuAD with all its paragraphs, and the questions of those articles only that no judge is trained with.

    Args:
        path: XQuAD in one language.
        folder: where the copy is written.
    """
    whole = json.loads(path.read_text(encoding="utf-8"))
    for article in whole["data"][:ARTICLES]:
        for paragraph in article["paragraphs"]:
            paragraph["qas"] = []
    folder.mkdir(parents=True, exist_ok=True)
    (folder / path.name).write_text(json.dumps(whole), encoding="utf-8")
    return folder / path.name


def xquad_questions(path: Path, trained: bool) -> QuestionSet:
    """XQuAD with its whole corpus, and the questions of the articles that judges are trained with, or of the others.

    Args:
        path: XQuAD in one language.
        trained: which of them.
    """
    whole, data = load_questions(path), json.loads(path.read_text(encoding="utf-8"))["data"]
    articles = data[:ARTICLES] if trained else data[ARTICLES:]
    of = {paragraph["context"] for article in articles for paragraph in article["paragraphs"]}
    chosen = tuple(question for question in whole.questions if whole.corpus[question.document or ""] in of)
    return whole.model_copy(update={"questions": chosen})


class Judges:
    """For each set a judge that has not seen it: one fold's, or the one that all folds make together.

    Args:
        settings: say where the embedding model is.
        folder: with the weights of each fold, `0.npz` and `1.npz`; None where no set needs one of these.
    """

    def __init__(self, settings: Settings, folder: Path | None) -> None:
        path = model_path(embedded_models()["embeddings"], settings.model_folder)
        self._inputs = E5Inputs(read_e5(path))
        self._folder = folder
        self._opened = cache(self._open)

    def of(self, name: str) -> Judge:
        """The judge for a set."""
        return self._opened(fold_of(name) if name in SEEN else None)

    def _open(self, fold: int | None) -> Judge:
        threads = os.cpu_count() or 1
        if fold is None:
            return CrossEncoder(self._inputs, threads)
        assert self._folder, "a set that the judge has seen needs one that has not"
        return CrossEncoder(self._inputs, threads, self._folder / f"{fold}.npz")
