"""Images that swell, lie about their size or are broken."""

from functools import partial

from tests.documents import parts
from tests.documents.hostile.cases import cases
from tests.documents.parts import a_jpeg, a_png, chunk, png_of, zeros


def image_bombs():
    yield from cases(
        "an image that swells or lies",
        "image_too_large image_lies",
        ("a PNG of 72 megapixels", "mapa.png", partial(png_of, width=9000, height=8000), "image_too_large"),
        ("a PNG that says it is immense", "mapa.png", partial(png_of, width=2**31 - 1, height=2**31 - 1)),
        ("a PNG that holds more than it says", "logo.png", partial(png_of, rows=4000)),
        (
            "a PNG of one point that holds much",
            "logo.png",
            partial(png_of, width=1, height=1, data=parts.bomb(50)),
        ),
        (
            "a PNG whose text swells",
            "logo.png",
            partial(png_of, extra=chunk(b"zTXt", b"a\0\0" + parts.bomb(50))),
        ),
        (
            "a PNG whose other text swells",
            "logo.png",
            partial(png_of, extra=chunk(b"iTXt", b"a\0\1\0\0\0" + parts.bomb(50))),
        ),
        (
            "a PNG whose profile swells",
            "logo.png",
            partial(png_of, extra=chunk(b"iCCP", b"a\0\0" + parts.bomb(50))),
        ),
        ("a JPEG that says it is immense", "foto.jpg", partial(parts.jpeg_of, 65_500, 65_500)),
        ("a JPEG that says it is a hundred times larger", "foto.jpg", partial(parts.jpeg_of, 6000, 9000)),
    )
    yield from cases(
        "a broken image",
        "image_damaged",
        ("a PNG that holds less than it says", "logo.png", partial(png_of, rows=5)),
        ("a PNG of no width", "logo.png", partial(png_of, width=0)),
        ("a PNG of no height", "logo.png", partial(png_of, height=0)),
        ("a PNG of three bits", "logo.png", partial(png_of, depth=3)),
        ("a PNG of unknown colours", "logo.png", partial(png_of, colour=5)),
        ("a PNG packed in an unknown way", "logo.png", partial(png_of, packing=9)),
        ("a PNG without picture", "logo.png", partial(png_of, data=b"")),
        ("a PNG whose picture is noise", "logo.png", partial(png_of, data=b"\x55" * 99)),
        (
            "a PNG that begins with its picture",
            "logo.png",
            lambda: parts.SIGNATURE + chunk(b"IDAT", b"x") + chunk(b"IEND", b""),
        ),
        ("a PNG whose sums are wrong", "logo.png", lambda: a_png().replace(b"IDAT", b"IDAX")),
        ("a PNG with a bit turned", "logo.png", lambda: parts.turned(a_png(noisy=True), 300)),
        ("a PNG that is only its name", "logo.png", parts.SIGNATURE),
        ("a JPEG that is only its name", "foto.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + zeros(20)),
        (
            "a JPEG without picture",
            "foto.jpg",
            lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9",
        ),
        ("a JPEG of no width", "foto.jpg", partial(parts.jpeg_of, 0, 60)),
        ("a JPEG whose tables are gone", "foto.jpg", lambda: a_jpeg().replace(b"\xff\xdb", b"\xff\xfe")),
    )


KINDS = [image_bombs]
