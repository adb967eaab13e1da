"""A module that is found to be what it is not."""

import importlib.abc
import importlib.util
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any


class Finder(importlib.abc.MetaPathFinder):
    """Finds a mutant where a module is asked for."""

    def __init__(self, module: str, path: Path, code: CodeType) -> None:
        self._module, self._path, self._code = module, str(path), code

    def find_spec(self, fullname: str, *_: Any) -> ModuleSpec | None:
        """Give the mutant, if it is asked for."""
        if fullname != self._module:
            return None
        loader = Loader(fullname, self._path)
        loader.code = self._code
        return importlib.util.spec_from_file_location(
            fullname, self._path, loader=loader
        )


class Loader(SourceFileLoader):
    """Gives a mutant in place of what is in the file."""

    code: CodeType

    def get_code(self, _: str) -> CodeType:
        """Give the code that is run."""
        return self.code
