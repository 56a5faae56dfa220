"""Static files, compressed beforehand. Those of the editor are not: few people ask for them, and to compress them takes
longer than all the rest of a first start."""

from collections.abc import Iterable, Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

OF_THE_EDITOR = ("wagtail", "treebeard")


class StaticFiles(CompressedManifestStaticFilesStorage):
    def compress_files(self, paths: Iterable[str]) -> Iterator[Any]:
        yield from super().compress_files([one for one in paths if not one.startswith(OF_THE_EDITOR)])
