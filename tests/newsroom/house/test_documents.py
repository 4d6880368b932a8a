"""What the documents promise is so: the two commands, every setting, every link."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
READERS = {"text", "flag", "number", "words"}  # the functions of environment.py that are given a name


def documents():
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split() if not name.startswith("newsroom/demo/")]


def names_read(source):
    """The variables that a module asks the environment for."""
    calls = (node for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, ast.Call))
    asked = (call for call in calls if getattr(call.func, "attr", getattr(call.func, "id", "")) in READERS)
    words = (call.args[0].value for call in asked if call.args and isinstance(call.args[0], ast.Constant))
    return {word for word in words if re.fullmatch(r"[A-Z][A-Z_]+", str(word))}


def test_the_readme_has_two_commands_of_one_line_run_and_test():
    blocks = re.findall(r"^```sh\n(.*?)^```$", (ROOT / "README.md").read_text(), re.M | re.S)

    assert [block.count("\n") for block in blocks] == [1, 1]
    run, test = blocks
    assert "-r requirements.lock " in run and run.endswith("manage.py demo\n")
    assert "-r requirements-test.lock " in test and test.endswith("-m tests\n")


def test_every_setting_is_in_the_table_once_and_nothing_else_is():
    table = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/operators/settings.md").read_text(), re.M)
    read = names_read(ROOT / "newsroom/settings.py") | names_read(ROOT / "newsroom/environment.py")

    assert sorted(table) == sorted(read)


@pytest.mark.parametrize("name", documents())
def test_links_between_documents_lead_somewhere(name):
    document = ROOT / name
    prose = re.sub(r"`[^`]*`", "", document.read_text())
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", prose)

    assert [target for target in targets if not (document.parent / target).exists()] == []


def pins(lock):
    return set(re.findall(r"^(\S+==\S+)", (ROOT / lock).read_text(), re.M))


def test_the_tests_run_on_the_versions_that_newspapers_install():
    assert pins("requirements.lock") <= pins("requirements-test.lock")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock", ".ci/package-lock.json"])
def test_lock_files_hold_hashes_and_no_addresses(lock):
    text = (ROOT / lock).read_text()

    assert "sha" in text
    assert "://" not in text


def test_the_index_lists_every_decision():
    folder = ROOT / "docs/decisions"
    listed = re.findall(r"^\| \[\d+\]\(([^)]+)\)", (folder / "README.md").read_text(), re.M)

    assert listed == sorted(path.name for path in folder.glob("0*.md"))
