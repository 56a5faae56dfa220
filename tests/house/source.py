"""The files of the house, and what the checks read in them. Each check gives `file:line  what is wrong`, so that a list
that is not empty says what to do. `test_checks.py` shows that each of them finds what it is for."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HAVEN = ROOT / "haven"
MADE_BY_TOOLS = {"uv.lock", "package-lock.json"}
NOT_OURS = {".git", ".venv", "node_modules", "data", "build", "dist", "__pycache__"}


def tracked() -> list[Path]:
    """Every file that is kept; without git (an unpacked archive) every file that is no product."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout.decode()
        files = [ROOT / name for name in listed.split("\0") if name]
    else:
        files = [file for file in ROOT.rglob("*") if not NOT_OURS & set(file.relative_to(ROOT).parts)]
    return sorted(file for file in files if file.is_file())


def python_files(*folders: Path) -> list[Path]:
    kept = [file for file in tracked() if file.suffix == ".py"]
    return [file for file in kept if any(file.is_relative_to(folder) for folder in folders or (ROOT,))]


def templates() -> list[Path]:
    return [file for file in tracked() if file.suffix == ".html" and file.is_relative_to(HAVEN)]


def text_files() -> Iterator[tuple[str, str]]:
    """Name and content of every kept file that is text and written by people."""
    for file in tracked():
        content = file.read_bytes()
        if b"\0" not in content[:8000] and file.name not in MADE_BY_TOOLS:
            yield name_of(file), content.decode(errors="replace")


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body and its signature, without decorators and docstring: what one has to hold in mind."""
    first = function.body[0]
    told = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(function) else 0
    return (function.end_lineno or 0) - function.lineno + 1 - told


def hidden_imports(source: str) -> list[int]:
    """Lines of imports inside a function."""
    inside = [node for function in functions(ast.parse(source)) for node in ast.walk(function)]
    return sorted({node.lineno for node in inside if isinstance(node, ast.Import | ast.ImportFrom)})


def imported(source: str) -> set[str]:
    """Every module a file names in an import."""
    nodes = list(ast.walk(ast.parse(source)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def signal_receivers(source: str) -> list[int]:
    """Lines that name what is needed to listen to a signal."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module=str(module)) if module.endswith((".signals", "django.dispatch")):
                found.append(node.lineno)
            case ast.ImportFrom(names=names) if any(alias.name == "signals" for alias in names):
                found.append(node.lineno)
            case ast.Import(names=names) if any("signals" in alias.name or "dispatch" in alias.name for alias in names):
                found.append(node.lineno)
            case ast.Attribute(attr="signals"):
                found.append(node.lineno)
    return sorted(found)


def save_overrides(source: str) -> list[int]:
    """Lines where a model replaces `save` or `delete`."""
    classes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]
    models = [one for one in classes if re.search("Model|AbstractBaseUser", " ".join(map(ast.unparse, one.bases)))]
    deeds = [deed for model in models for deed in model.body if isinstance(deed, ast.FunctionDef)]
    return [deed.lineno for deed in deeds if deed.name in {"save", "delete"}]


EXCUSE = re.compile(r"#\s*(?:ruff:\s*)?noqa(?P<codes>:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?(?P<reason>.*)$")


def bare_excuses(source: str) -> list[int]:
    """Lines that silence ruff without a code, or without saying why. What is said once of a code holds for the file."""
    found, explained = [], set[str]()
    for number, line in enumerate(source.splitlines(), 1):
        excuse = EXCUSE.search(line)
        if excuse is None:
            continue
        codes = set(re.findall(r"[A-Z]+\d+", excuse["codes"] or ""))
        if excuse["reason"].strip(" #-"):
            explained |= codes
        if not codes or codes - explained:
            found.append(number)
    return found


BLOCK = re.compile(r"{%\s*(blocktrans\w*)([^%]*)%}")


def untrimmed(source: str) -> list[int]:
    """Lines of translation blocks that keep their white space, which no translator can see."""
    blocks = [block for block in BLOCK.finditer(source) if "trimmed" not in block[2].split()]
    return [source.count("\n", 0, block.start()) + 1 for block in blocks]
