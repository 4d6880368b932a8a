"""What the house rules say about the code, read from the code itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# From the ground up. Each floor may use those below it; nobody uses the front door.
FLOORS = ["newsroom.foundations", "articles", "comments", "newsroom"]
FILES = sorted(
    path for floor in ("articles", "comments", "newsroom") for path in (ROOT / floor).rglob("*.py")
)
CODE = [path for path in FILES if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def floor_of(module: str) -> int | None:
    """The floor a module lies on; None for what is not ours."""
    return next((level for level, floor in enumerate(FLOORS) if f"{module}.".startswith(f"{floor}.")), None)


def imports(path: Path) -> Iterator[str]:
    """Every module this file imports, at its top or inside a function, with what it takes from it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{source_of(node, path)}.{alias.name}" for alias in node.names)


def source_of(node: ast.ImportFrom, path: Path) -> str:
    """The module in full, also where it is written with dots."""
    package = path.relative_to(ROOT).parts[: -node.level] if node.level else ()
    return ".".join(filter(None, [*package, node.module]))


def for_types_only(path: Path) -> set[str]:
    """What is imported below `if TYPE_CHECKING:` and so never at run time."""
    tree = ast.parse(path.read_text())
    blocks = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
    ]
    found = [inner for block in blocks for inner in ast.walk(block) if isinstance(inner, ast.ImportFrom)]
    return {f"{source_of(node, path)}.{alias.name}" for node in found for alias in node.names}


def users_of(*modules: str) -> set[str]:
    """Which of our modules import any of these."""
    return {
        name_of(path)
        for path in CODE
        if any(f"{found}.".startswith(f"{m}.") for found in imports(path) for m in modules)
    }


def test_these_tests_read_the_whole_house():
    assert len(CODE) > 60
    assert {floor_of(name_of(path)) for path in CODE} == {0, 1, 2, 3}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_point_down(path):
    own = floor_of(name_of(path))

    upwards = [
        found
        for found in set(imports(path)) - for_types_only(path)
        if (level := floor_of(found)) is not None and level > own
    ]

    assert not upwards


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_file_is_called_after_nothing(path):
    assert path.stem not in {
        "utils",
        "helpers",
        "services",
        "managers",
        "constants",
        "common",
        "misc",
        "tools",
    }


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_file_is_read_at_one_sitting(path):
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize(
    ("modules", "room"),
    [
        (["bleach"], "newsroom.foundations.markup"),
        (["markdown"], "newsroom.foundations.markup"),
        (["django.utils.safestring.mark_safe"], "newsroom.foundations.markup"),
        (["os.environ", "os.getenv"], "newsroom.environment"),
        (["django.contrib.postgres"], "articles.search"),
    ],
)
def test_what_is_dangerous_has_one_room(modules, room):
    assert {user for user in users_of(*modules) if not user.startswith(room)} == set()


def test_pictures_are_decoded_in_one_room_and_drawn_in_another():
    rooms = ("articles.renditions", "newsroom.demo")

    assert {user for user in users_of("PIL") if not user.startswith(rooms)} == set()


def test_the_environment_is_read_in_one_place():
    asks = [name_of(path) for path in CODE if re.search(r"\bos\.environ\b|\bgetenv\b", path.read_text())]

    assert set(asks) <= {"newsroom.environment", "newsroom.wsgi", "newsroom.demo.management.commands.demo"}


def test_nothing_made_safe_by_hand():
    marking = re.compile(r"\bmark_safe\b|SafeString\(|SafeText\(|\.safe\b|is_safe\s*=\s*True")
    rooms = "newsroom.foundations.markup"

    assert [
        name_of(path)
        for path in CODE
        if marking.search(path.read_text()) and not name_of(path).startswith(rooms)
    ] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_decides_layout_never_truth(path):
    text = path.read_text()

    assert not re.search(r"\|\s*safe\b|\|\s*safeseq\b|autoescape off", text)
    assert not re.search(r"\bstate\s*==", text)


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES if path.suffix == ".html"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_template_runs_and_styles_nothing_inline(path):
    text = path.read_text()

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", text))
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)


def test_only_models_and_the_search_ask_for_a_state():
    asking = re.compile(r"\.(?:filter|exclude|get)\([^)]*\bstate=[\"'A-Z]")
    rooms = re.compile(r"(articles|comments)\.(models|search|migrations)\b")

    assert [
        name_of(path) for path in CODE if asking.search(path.read_text()) and not rooms.match(name_of(path))
    ] == []


def test_nothing_is_printed_or_left_to_do():
    left = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|^\s*print\(|\bbreakpoint\(", re.MULTILINE)

    assert [name_of(path) for path in CODE if left.search(path.read_text())] == []


DEPARTMENTS = ["newsroom.transfer", "newsroom.operations", "newsroom.serving", "newsroom.demo"]
# The demo is served as a site is; the clock of a site that is opened by one command runs beside it.
DEPARTMENTS_MAY = {("newsroom.demo", "newsroom.serving")}


def department_of(module: str) -> str | None:
    return next((name for name in DEPARTMENTS if f"{module}.".startswith(f"{name}.")), None)


def test_departments_do_not_know_each_other_and_only_the_front_door_knows_them():
    crossed = {
        (department_of(name_of(path)) or name_of(path).split(".")[0], department)
        for path in CODE
        for found in imports(path)
        if (department := department_of(found)) and department != department_of(name_of(path))
    }

    assert crossed <= DEPARTMENTS_MAY | {("newsroom", department) for department in DEPARTMENTS}


def modules_imported(path: Path, *, everywhere: bool) -> set[str]:
    """Our modules that this one imports at its top, or anywhere, but for types."""
    tree = ast.parse(path.read_text())
    nodes = ast.walk(tree) if everywhere else iter(tree.body)
    asked = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    named = {alias.name for node in asked if isinstance(node, ast.Import) for alias in node.names}
    for node in (node for node in asked if isinstance(node, ast.ImportFrom)):
        source = source_of(node, path)
        named |= {
            inner if (inner := f"{source}.{alias.name}") in NAMES else source for alias in node.names
        } - {name_of(path)}
    types = {found.rsplit(".", 1)[0] for found in for_types_only(path)}
    return {name for name in named if name in NAMES and (not everywhere or name not in types)}


NAMES = {name_of(path) for path in CODE}
# A package names its parts so that others need not know them: it is no part of a circle.
PARTS = [path for path in CODE if path.name != "__init__.py"]


@pytest.mark.parametrize(
    "everywhere", [False, True], ids=["at the top of modules", "inside functions as well"]
)
def test_imports_run_in_no_circle(everywhere):
    graph = {name_of(path): modules_imported(path, everywhere=everywhere) for path in PARTS}
    graph = {name: {found for found in others if found in graph} for name, others in graph.items()}

    while leaves := [name for name, others in graph.items() if not others]:
        graph = {name: others - set(leaves) for name, others in graph.items() if name not in leaves}
    while roots := set(graph) - set().union(*graph.values()):
        graph = {name: others for name, others in graph.items() if name not in roots}

    assert graph == {}
