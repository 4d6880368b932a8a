"""The files of pictures come with their rows and go with them, whatever fails in between."""

from pathlib import Path

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage.filesystem import FileSystemStorage
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.admin.images import ImageAdmin
from articles.models import Image, Rendition
from articles.picture_files import without_leftovers
from articles.sweeping import SURPRISING, sweep_pictures
from newsroom.transfer.report import Report
from tests import make

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/image/add/"


class Interrupted(Exception):
    pass


class Failing(FileSystemStorage):
    """A storage that cannot remove anything."""

    def delete(self, name):
        raise OSError("The storage is away.")


@pytest.fixture(autouse=True)
def shelves(monkeypatch, tmp_path):
    """Two empty storages of the test's own."""
    for model, field, name in ((Image, "original", "originals"), (Rendition, "file", "media")):
        monkeypatch.setattr(model._meta.get_field(field), "storage", FileSystemStorage(tmp_path / name))
    return tmp_path


def files(shelves):
    return sorted(path.relative_to(shelves) for path in shelves.rglob("*") if path.is_file())


def in_two_days():
    return time_machine.travel(timezone.now() + make.hours(48))


def test_a_picture_that_cannot_be_saved_leaves_no_file(shelves):
    with pytest.raises(IntegrityError), transaction.atomic():
        Image(title="No alt").take(make.picture_bytes())

    assert files(shelves) == []


def test_a_file_written_by_half_goes_too(shelves, monkeypatch):
    class Full(FileSystemStorage):
        def _save(self, name, content):
            super()._save(name, ContentFile(b"half"))
            raise OSError("No space left on device")

    monkeypatch.setattr(Rendition._meta.get_field("file"), "storage", Full(shelves / "media"))

    with pytest.raises(OSError, match="No space"):
        make.image()
    assert files(shelves) == []


def test_what_fails_after_it_at_the_desk_leaves_no_file(client, editor, monkeypatch, shelves):
    def interrupted(*args):
        raise Interrupted

    monkeypatch.setattr(ImageAdmin, "log_addition", interrupted)
    client.force_login(editor)

    with pytest.raises(Interrupted):
        client.post(ADD, {"title": "A", "alt": "B", "file": ContentFile(make.picture_bytes(), "a.jpg")})
    assert not Image.objects.exists() and files(shelves) == []


def test_what_fails_after_it_in_an_import_leaves_no_file_and_spares_the_others(shelves):
    def step():
        make.image()
        raise Interrupted

    make.image()
    before = files(shelves)

    Report().attempt("pictures", "the second", step)

    assert Image.objects.count() == 1 and files(shelves) == before != []


@pytest.mark.django_db(transaction=True)
def test_an_error_after_the_commit_costs_no_file(shelves):
    def interrupted():
        raise Interrupted

    with pytest.raises(Interrupted), without_leftovers(), transaction.atomic():
        make.image()
        transaction.on_commit(interrupted)

    assert len(files(shelves)) == 5


def test_a_picture_taken_anew_lets_go_of_its_earlier_files(shelves, on_commit):
    image = make.image()
    before = files(shelves)

    with on_commit():
        image.take(make.picture_bytes(500, 300))

    assert len(files(shelves)) == 5 and not {*before} & {*files(shelves)}


def test_a_picture_deleted_takes_its_files_and_their_folder_along(shelves, on_commit):
    one, other = make.image(), make.image()

    with on_commit():
        one.delete()
        Image.objects.filter(pk=other.pk).delete()

    assert files(shelves) == [] and list((shelves / "media/pictures").iterdir()) == []


def test_files_missing_already_are_no_matter(shelves, on_commit):
    image = make.image()
    Path(image.original.path).unlink()

    with on_commit():
        image.delete()

    assert files(shelves) == []


def test_a_storage_that_fails_stops_nothing_and_is_swept_another_day(shelves, on_commit, monkeypatch):
    image = make.image()
    kept = make.image()
    with monkeypatch.context() as away:
        away.setattr(Rendition._meta.get_field("file"), "storage", Failing(shelves / "media"))
        with on_commit():
            Image.objects.get(pk=image.pk).delete()
    assert len(files(shelves)) == 4 + 5

    with in_two_days():
        call_command("run_due")

    assert len(files(shelves)) == 5 and Path(kept.original.path).exists()


def test_what_a_killed_process_left_is_swept_when_it_is_a_day_old(shelves):
    kept = make.image()
    with pytest.raises(Interrupted), transaction.atomic():
        make.image()
        raise Interrupted

    assert (sweep_pictures(), len(files(shelves))) == (0, 10)  # it may still get its row
    with in_two_days():
        assert sweep_pictures() == 5
    assert {Path(kept.original.name).stem, "320", "640"} == {path.stem for path in files(shelves)}


def test_a_sweep_comes_once_a_day(shelves):
    sweep_pictures()
    (shelves / "originals").mkdir()
    (shelves / "originals/old.jpeg").write_bytes(b"x")

    with time_machine.travel(timezone.now() + make.hours(23)):
        assert sweep_pictures() == 0
    with in_two_days():
        assert (sweep_pictures(), sweep_pictures()) == (1, 0)


def test_a_sweep_beside_another_papers_files_removes_nothing(shelves, caplog):
    (shelves / "originals").mkdir()
    for number in range(SURPRISING + 1):
        (shelves / f"originals/{number}.jpeg").write_bytes(b"x")

    with in_two_days():
        assert sweep_pictures() == 0
    assert len(files(shelves)) == SURPRISING + 1 and "DATABASE_URL" in caplog.text
