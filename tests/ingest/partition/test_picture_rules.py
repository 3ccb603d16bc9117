"""Lines of tables in pictures are found and taken out; letters stay."""

from PIL import Image, ImageDraw

from ingest.partition.picture_rules import without_rules
from ingest.partition.ruled_grids import ruled_grids


def drawn(width: int = 900, height: int = 600, xs: tuple[int, ...] = (), ys: tuple[int, ...] = ()) -> Image.Image:
    picture = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(picture)
    for x in xs:
        draw.line((x, min(ys), x, max(ys)), fill=0, width=3)
    for y in ys:
        draw.line((min(xs), y, max(xs), y), fill=0, width=3)
    draw.rectangle((120, 130, 140, 160), fill=0)  # a letter
    return picture


def test_a_table_is_found_where_it_is_and_its_letters_stay() -> None:
    found = without_rules(drawn(xs=(100, 400, 800), ys=(100, 200, 300)), 2.0)
    (grid,) = ruled_grids(found.rules)
    assert [round(x) for x in grid.xs] == [50, 200, 400] and [round(y) for y in grid.ys] == [50, 100, 150]
    assert len(grid.cells) == 4
    assert found.picture.getpixel((250, 100)) == 255 and found.picture.getpixel((130, 145)) == 0


def test_a_picture_without_a_table_stays_as_it_is() -> None:
    picture = drawn()
    found = without_rules(picture, 2.0)
    assert found.picture is picture and not found.rules.level and not found.rules.upright


def test_a_filled_area_is_no_line() -> None:
    picture = drawn()
    ImageDraw.Draw(picture).rectangle((200, 300, 700, 400), fill=0)
    assert without_rules(picture, 2.0).picture is picture
