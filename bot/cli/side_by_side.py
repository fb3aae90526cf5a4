"""Several forks at once, each in a process of its own, so that none waits for or falls with another."""

from __future__ import annotations

import multiprocessing
import os
from argparse import Namespace
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from queue import Empty
from typing import TYPE_CHECKING, Any

from bot.cli.sync_fork import Done, sync_fork
from sync.errors import AmtsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LOOK: float = 0.2
"""Seconds between two looks at what is done."""

_steps: Any = None
"""In a process that works: where it tells what it has done."""


def sync_forks(
    arguments: Namespace, forks: Sequence[tuple[str, str]], advance: Callable[[str], None], say: Callable[[str], None]
) -> tuple[Done, ...]:
    """One result per fork, in order.

    ``advance`` is told each chapter that was planned, ``say`` what takes its time; both with the language before it.
    """
    context = multiprocessing.get_context("spawn")
    steps = context.Queue()
    workers = min(len(forks), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_report_to, initargs=(steps,)) as pool:
        futures = [
            pool.submit(sync_fork, _own(arguments, lang), target, lang, _progress, partial(_say, lang))
            for target, lang in forks
        ]
        while not all(future.done() for future in futures):
            _advance(steps, advance, say)
        return tuple(_done(future, lang) for future, (_, lang) in zip(futures, forks, strict=True))


def _own(arguments: Namespace, lang: str) -> Namespace:
    """The arguments for one fork, with a folder of its own, and without what another process cannot be given."""
    given = {name: value for name, value in vars(arguments).items() if not callable(value)}
    output = arguments.output / lang if arguments.output is not None else None
    return Namespace(**given | {"output": output})


def _advance(steps: Any, advance: Callable[[str], None], say: Callable[[str], None]) -> None:
    try:
        is_step, text = steps.get(timeout=LOOK)
    except Empty:
        return
    (advance if is_step else say)(text)


def _done(future: Future[Done], lang: str) -> Done:
    try:
        return future.result()
    except BrokenProcessPool:
        message = "its process was ended from outside, perhaps for want of memory. Run the same command again."
        return Done(lang=lang, error=AmtsError(message))


def _report_to(steps: Any) -> None:
    global _steps  # a process of a pool has no other way to be given something
    _steps = steps
    _steps.cancel_join_thread()  # what nobody looked at shall not keep the process alive


@contextmanager
def _progress(title: str, total: int) -> Iterator[Callable[[str], None]]:
    lang = title.removeprefix("Bringing ").removesuffix(" up to date")
    yield lambda step: _steps.put((True, f"{lang} {step}"))


def _say(lang: str, text: str) -> None:
    _steps.put((False, text if text.startswith(f"{lang}: ") else f"{lang}: {text}"))
