"""The same task for ``ThotSmtModel`` of sil-machine (``pip install "sil-machine[thot]"``), to be compared with ours."""

from __future__ import annotations

import re
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from alignment.diff import fold
from alignment.locales import load
from alignment.markdown import D2L
from alignment.markdown.masking import SENTINELS
from sync.engines.smt.words import read_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence


def translate_all(
    seen: Sequence[tuple[str, str]], sources: Sequence[str], languages: tuple[str, str]
) -> tuple[list[str], float, float]:
    """Train with HMM alignment and tuning, translate. Our words, with a name for each piece of markup."""
    from machine.corpora import DictionaryTextCorpus, MemoryText, TextRow
    from machine.translation.thot import ThotSmtModel, ThotSmtModelTrainer, ThotSmtParameters

    rows = [[cut(pair[side], languages[side])[0] for pair in seen] for side in (0, 1)]
    texts = [
        DictionaryTextCorpus([MemoryText("book", [TextRow("book", n, [line]) for n, line in enumerate(side)])])
        for side in rows
    ]
    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        parameters = ThotSmtParameters(
            translation_model_filename_prefix=str(Path(folder) / "tm" / "src_trg"),
            language_model_filename_prefix=str(Path(folder) / "lm" / "trg.lm"),
        )
        with ThotSmtModelTrainer("hmm", texts[0].align_rows(texts[1]), parameters) as trainer:
            trainer.train()
            trainer.save()
            parameters = trainer.parameters
        middle = time.process_time()
        with ThotSmtModel("hmm", parameters) as model:
            made = [_translate(model, source, languages) for source in sources]
    return made, middle - start, time.process_time() - middle


def _translate(model: object, source: str, languages: tuple[str, str]) -> str:
    line, names = cut(source, languages[0])
    text = model.translate(line).translation  # type: ignore[attr-defined]
    text = text if load(languages[1]).text.joiner else re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", text)
    return re.sub(r"xx\w+\d+xx", lambda found: names.get(found[0], ""), text)


def cut(text: str, lang: str) -> tuple[str, dict[str, str]]:
    """Words with spaces between them, and what each name of markup stands for; halves of pairs are left out."""
    sentence = read_sentence(fold(text), load(lang), D2L)
    words, names = [], {}
    for word in sentence.words:
        if SENTINELS.fullmatch(word.surface):
            name = "xx" + re.sub(r"\W", "", word.sort) + f"{len(names)}xx"
            names[name] = sentence.placeholders[ord(word.surface) - 0xF0000].text
            words.append(name)
        else:
            words.append(word.surface.lower() if lang == "en" else word.surface)
    return " ".join(words), names
