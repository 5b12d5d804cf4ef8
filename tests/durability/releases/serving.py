"""A worker of another release: the same product, with another journey under the loan bot's name."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from dialogue import Journey, Silence
from settings import Settings
from texts import Catalogue
from texts.catalogue import FOLDER
from worker import Release, main


def serve(journey: type[Journey], texts: Mapping[str, str] | None = None, silence: Silence | None = None) -> None:
    """Run the worker until it is stopped. `texts` are said beside the product's own: language -> lines of Fluent."""
    with TemporaryDirectory() as folder:
        catalogue = _catalogue(Path(folder), texts or {})

        def release(settings: Settings) -> Release:
            usual = Silence(nudge_after=timedelta(minutes=settings.inactivity_minutes))
            return Release({"loan": journey(catalogue, silence or usual)}, {"loan": catalogue})

        sys.exit(main(release))


def _catalogue(folder: Path, texts: Mapping[str, str]) -> Catalogue:
    for name in ("shared", "loan"):
        shutil.copytree(FOLDER / name, folder / name)
    for language, lines in texts.items():
        with (folder / "loan" / f"{language}.ftl").open("a", encoding="utf-8") as file:
            file.write(f"\n{lines}\n")
    return Catalogue("loan", folder)
