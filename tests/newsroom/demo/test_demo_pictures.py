"""The demo's pictures are drawn the same way every time, at any size, and look like something."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import ImageChops, ImageStat

from newsroom import demo
from newsroom.demo import darkroom
from newsroom.demo.pictures import SCENES, draw, draw_portrait

SMALL = (300, 200)


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_has_light_and_shade(scene):
    picture = draw(scene, 1, SMALL)

    assert picture.size == SMALL
    assert picture.mode == "RGB"
    assert max(ImageStat.Stat(picture).stddev) > 15


@pytest.mark.parametrize("scene", SCENES)
def test_the_same_name_gives_the_same_picture(scene):
    assert draw(scene, 4, SMALL).tobytes() == draw(scene, 4, SMALL).tobytes()


def test_another_seed_gives_another_picture():
    assert ImageChops.difference(draw("port", 1, SMALL), draw("port", 2, SMALL)).getbbox()


def test_another_shape_is_cut_from_the_middle():
    assert draw("coast", 1, (400, 400)).size == (400, 400)


def test_an_unknown_scene_is_refused():
    with pytest.raises(KeyError):
        draw("volcano", 1, SMALL)


def test_every_portrait_is_its_own():
    seeds = [person.portrait for person in demo.people() if person.portrait is not None]
    faces = {draw_portrait(seed, 120).tobytes() for seed in seeds}

    assert len(faces) == len(seeds) >= 12


def test_a_portrait_is_square():
    assert draw_portrait(3).size == (800, 800)


def progress(done, every):
    pass


@pytest.mark.django_db
def test_who_is_interrupted_goes_on_with_what_is_missing():
    for seed in range(4):
        darkroom.reserve(f"portrait-{seed}", title="Somebody", decorative=True)

    def interrupted(done, every):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        darkroom.develop(interrupted)
    assert darkroom.undeveloped() == ["portrait-1", "portrait-2", "portrait-3"]

    darkroom.develop(progress)
    assert darkroom.undeveloped() == []


@pytest.mark.django_db
def test_half_a_file_is_replaced():
    image = darkroom.reserve("portrait-1", title="Somebody", decorative=True)
    names = [rendition.file.name for rendition in image.renditions.all()]
    default_storage.save(names[0], ContentFile(b"RIFF"))

    darkroom.develop(progress)

    for name in names:
        with default_storage.open(name) as file:
            Pillow.open(file).load()
