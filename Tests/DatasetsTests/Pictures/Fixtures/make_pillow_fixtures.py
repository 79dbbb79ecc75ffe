"""Writes small PNG and JPEG files into pillow/, and pillow.json: their pixels as Pillow decodes and resizes them.

    python make_pillow_fixtures.py

Needs Pillow and numpy. PNGs are written here, as Pillow writes neither interlaced ones nor all depths. Pixels are in
the order height, width, channels, in base64. What is transparent is pasted on a background. Grey of 16 bits is numpy's
upper byte: Pillow's convert('L') makes all above 255 white, though of colours with 16 bits it takes the upper byte.
"""

import base64
import io
import json
import pathlib
import struct
import zlib

import numpy
from PIL import Image, ImageOps

FOLDER = pathlib.Path(__file__).parent / "pillow"
random = numpy.random.default_rng(5)
decoding, resizing = [], []

PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def scene(height, width, channels):
    """Smooth colours with edges, 0 to 1."""
    y, x = numpy.mgrid[:height, :width] / max(height, width)
    waves = [numpy.sin(9 * x + 4 * y * k + k) * numpy.cos(7 * y - 3 * x * k) for k in range(channels)]
    image = 0.5 + 0.4 * numpy.stack(waves, axis=-1)
    image[height // 3:height // 2, width // 4:width // 2] = random.uniform(0, 1, channels)
    return numpy.clip(image + random.normal(0, 0.03, image.shape), 0, 1)


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(values, color_type, depth, interlaced=False, chunks=()):
    """The PNG file of `values`, height × width × samples, with filter 0 in each row."""
    height, width, _ = values.shape

    def rows(part):
        if part.size == 0:
            return b""
        if depth == 16:
            lines = [row.astype(">u2").tobytes() for row in part]
        else:
            bits = numpy.unpackbits(part.astype(numpy.uint8)[..., None], axis=-1)[..., 8 - depth:]
            lines = [numpy.packbits(row.ravel()).tobytes() for row in bits]
        return b"".join(b"\0" + line for line in lines)

    parts = [values[y::dy, x::dx] for x, y, dx, dy in PASSES] if interlaced else [values]
    header = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, interlaced)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunk(*item) for item in chunks)
            + chunk(b"IDAT", zlib.compress(b"".join(map(rows, parts)), 9)) + chunk(b"IEND", b""))


def text(array):
    return base64.b64encode(numpy.ascontiguousarray(array, numpy.uint8).tobytes()).decode()


def decoded(image, background):
    """An image of Pillow's as 'L' or 'RGB' on `background`."""
    target = "L" if image.mode in ("1", "L", "LA", "I;16") else "RGB"
    if image.mode == "I;16":
        image = Image.fromarray((numpy.asarray(image) >> 8).astype(numpy.uint8))
    if image.mode in ("LA", "RGBA") or "transparency" in image.info:
        full = image.convert("RGBA")
        sheet = Image.new("RGB", full.size, (background,) * 3)
        sheet.paste(full.convert("RGB"), mask=full.getchannel("A"))
        return sheet.getchannel(0) if target == "L" else sheet
    return image.convert(target)


def add(name, content, background=0, write=True):
    if write:
        (FOLDER / name).write_bytes(content)
    image = Image.open(io.BytesIO(content))
    image.load()
    orientation = image.getexif().get(0x112, 1)
    pixels = numpy.asarray(decoded(ImageOps.exif_transpose(image), background))
    decoding.append({
        "file": name, "background": background, "orientation": orientation,
        "shape": [*pixels.shape[:2], pixels.shape[2] if pixels.ndim == 3 else 1], "pixels": text(pixels)})


def jpeg(values, mode=None, **options):
    file = io.BytesIO()
    image = Image.fromarray((values.squeeze() * 255).astype(numpy.uint8))
    (image.convert(mode) if mode else image).save(file, "JPEG", **options)
    return file.getvalue()


def exif(orientation, order):
    """An EXIF block with other entries before the orientation, as cameras write it."""
    entries = [(0x10E, 2, 4, b"abc\0"), (0x112, 3, 1, struct.pack(order + "HH", orientation, 0))]
    body = b"".join(struct.pack(order + "HHI", *entry[:3]) + entry[3] for entry in entries)
    mark = {"<": b"II", ">": b"MM"}[order]
    return (b"Exif\0\0" + mark + struct.pack(order + "HIH", 42, 8, len(entries)) + body
            + struct.pack(order + "I", 0))


# PNG, grey 0, colours 2, palette 3, grey and alpha 4, colours and alpha 6
for depth in (1, 2, 4, 8):
    grey = numpy.round(scene(11, 13, 1) * (2**depth - 1))
    add(f"grey{depth}.png", png(grey, 0, depth))
    add(f"grey{depth}-interlaced.png", png(grey, 0, depth, interlaced=True))
    palette = numpy.round(scene(1, 2**depth, 3)[0] * 255).astype(numpy.uint8).tobytes()
    add(f"palette{depth}.png", png(grey, 3, depth, chunks=[(b"PLTE", palette)]))
    alpha = bytes(range(0, 256, 256 // 2**depth))
    content = png(grey, 3, depth, chunks=[(b"PLTE", palette), (b"tRNS", alpha)])
    add(f"palette{depth}-transparent.png", content, background=200)
for depth in (8, 16):
    most = 2**depth - 1
    for kind, name, samples in ((2, "rgb", 3), (4, "grey-alpha", 2), (6, "rgb-alpha", 4)):
        values = numpy.round(scene(11, 13, samples) * most)
        add(f"{name}{depth}.png", png(values, kind, depth))
        add(f"{name}{depth}-interlaced.png", png(values, kind, depth, interlaced=True), background=255)
wide = numpy.round(scene(11, 13, 1) * 65535)
gamma = struct.pack(">I", 45455)
add("grey16.png", png(wide, 0, 16, chunks=[(b"gAMA", gamma)]))
add("grey8-transparent.png", png(numpy.round(scene(11, 13, 1) * 9), 0, 8, chunks=[(b"tRNS", b"\0\5")]), background=90)
flat = numpy.repeat(numpy.round(scene(11, 13, 1) * 9), 3, axis=-1)
add("rgb8-transparent.png", png(flat, 2, 8, chunks=[(b"tRNS", b"\0\5\0\5\0\5")]), background=90)
animated = io.BytesIO()
frames = [Image.fromarray((scene(11, 13, 3) * 255).astype(numpy.uint8)) for _ in range(3)]
frames[0].save(animated, "PNG", save_all=True, append_images=frames[1:])
add("animated.png", animated.getvalue())

# JPEG
colours = scene(21, 30, 3)
add("grey.jpg", jpeg(scene(21, 30, 1)))
for subsampling in ("4:4:4", "4:2:2", "4:2:0"):
    add(f"rgb-{subsampling.replace(':', '')}.jpg", jpeg(colours, subsampling=subsampling))
add("progressive.jpg", jpeg(colours, progressive=True))
add("restart.jpg", jpeg(colours, restart_marker_rows=1))
add("kept-rgb.jpg", jpeg(colours, keep_rgb=True))
for orientation in range(1, 9):
    content = jpeg(colours[:9, :14], exif=exif(orientation, "<>"[orientation % 2]))
    add(f"orientation{orientation}.jpg", content)
(FOLDER / "cmyk.jpg").write_bytes(jpeg(colours, mode="CMYK"))

# Resizing
FILTERS = {"bilinear": Image.BILINEAR, "nearest": Image.NEAREST, "area": Image.BOX}
for name, channels in (("grey", 1), ("rgb", 3)):
    content = png(numpy.round(scene(50, 70, channels) * 255), 0 if channels == 1 else 2, 8)
    (FOLDER / f"scene-{name}.png").write_bytes(content)
    image = Image.open(io.BytesIO(content))
    colour = (70,) * 3 if channels == 3 else 70
    for interpolation, method in FILTERS.items():
        for size in ((16, 16), (6, 30), (50, 9), (54, 72)):
            width_and_height = size[::-1]
            results = {
                "stretch": image.resize(width_and_height, method),
                "crop": ImageOps.fit(image, width_and_height, method),
                "pad": ImageOps.pad(image, width_and_height, method, color=colour),
            }
            for fit, result in results.items():
                if size == (54, 72) and (channels == 3 or fit == "pad"):
                    continue
                resizing.append({
                    "file": f"scene-{name}.png", "size": size, "fit": fit, "interpolation": interpolation,
                    "background": 70, "pixels": text(numpy.asarray(result))})
luma = text(numpy.asarray(Image.open(FOLDER / "scene-rgb.png").convert("L")))

with open(FOLDER / "pillow.json", "w") as file:
    json.dump({"decoding": decoding, "resizing": resizing, "luma": luma}, file, indent=0)
