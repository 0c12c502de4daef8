"""Makes JPEG and PNG files of all kinds, and writes how Pillow reads each.

    python3 pillow.py FOLDER SEED COUNT SIDE

No picture has more than SIDE pixels a side. For each, FOLDER/NAME, there is FOLDER/NAME.rgb, the pixels as Pillow has
them, upright, after a line with width and height; nothing if Pillow refuses it. Where libjpeg-turbo's cjpeg is at hand, it
makes some: with other sampling factors, and with arithmetic coding.
"""
import io
import random
import shutil
import struct
import subprocess
import sys
import zlib

from PIL import Image, ImageFilter, ImageOps

FOLDER = sys.argv[1]
SEED, COUNT, SIDE = map(int, sys.argv[2:])
CJPEG = shutil.which("cjpeg")


def picture(rng, mode):
    """Noise, some of it smoothed, of an odd size."""
    width, height = rng.randint(1, SIDE), rng.randint(1, SIDE)
    bands = len(Image.new(mode, (1, 1)).getbands())
    image = Image.frombytes(mode, (width, height), rng.randbytes(width * height * bands))
    return image.filter(ImageFilter.GaussianBlur(rng.choice([2, 6]))) if rng.random() < 0.7 else image


def segment(marker, data):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def tiff(rng):
    order = rng.choice("<>")
    kind, code = rng.choice([3, 4]), rng.randint(0, 9)
    value = struct.pack(order + ("H2x" if kind == 3 else "I"), code)
    start = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    return start + struct.pack(order + "HHHI", 1, 0x112, kind, 1) + value + bytes(4)


def icc(rng):
    part = lambda number, of: segment(0xE2, b"ICC_PROFILE\0" + bytes([number, of]) + rng.randbytes(rng.randint(0, 40)))
    return b"".join(part(*numbers) for numbers in rng.choice([[(1, 2)], [(1, 1), (1, 1)], [(2, 1)], [(0, 0)], [(1, 1)]]))


def inserts(rng):
    """What may stand between the start of a JPEG file and its tables."""
    some = [
        lambda: segment(0xFE, rng.randbytes(20)),
        lambda: segment(0xE0, b"JFXX\0\x10" + rng.randbytes(30)),
        lambda: segment(0xE0, b"JFIF\0\1\2\1\0\x48\0\x48\x30\x30" + rng.randbytes(9)),
        lambda: segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
        lambda: segment(0xE1, b"Exif\0\0" + tiff(rng)),
        lambda: segment(0xE2, b"MPF\0" + rng.randbytes(20)),
        lambda: segment(0xED, b"Photoshop 3.0\0" + rng.randbytes(9)),
        lambda: segment(0xEE, b"Adobe\0\x64\0\0\0\0" + bytes([rng.randint(0, 2)])),
        lambda: icc(rng),
        lambda: segment(0xE5, b""),
        lambda: b"\xff" * rng.randint(1, 5),
    ]
    return b"".join(rng.choice(some)() for _ in range(rng.randint(0, 3)))


def frame(data):
    at = 2
    while data[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return at


def renumbered(data, ids):
    """With other ids of the channels, in the frame and in its scans."""
    data, at = bytearray(data), frame(data)
    for i in range(3):
        data[at + 10 + 3 * i] = ids[i]
    at = data.find(b"\xff\xda")
    while at >= 0:
        for i in range(data[at + 4]):
            data[at + 5 + 2 * i] = ids[data[at + 5 + 2 * i] - 1]
        at = data.find(b"\xff\xda", at + 2)
    return bytes(data)


def without_jfif(data):
    return data[:2] + data[4 + struct.unpack(">H", data[4:6])[0] :] if data[2:4] == b"\xff\xe0" else data


def without_codes(data):
    """As MJPEG's frames, which have no Huffman tables and mean those of the standard."""
    at = data.find(b"\xff\xc4")
    while at >= 0:
        data = data[:at] + data[at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0] :]
        at = data.find(b"\xff\xc4")
    return data


def by_cjpeg(rng):
    pnm = io.BytesIO()
    picture(rng, "RGB").save(pnm, "PPM")
    factors = rng.choice(["4x1", "1x2", "1x4", "4x2", "2x2,1x2", "2x2,2x1,1x2", "2x4", "1x1,1x1,2x1", "1x1", "3x1"])
    options = rng.choice([[], ["-progressive"], ["-arithmetic"], ["-restart", "1"], ["-rgb"], ["-optimize"]])
    done = subprocess.run([CJPEG, "-sample", factors, *options], input=pnm.getvalue(), stdout=subprocess.PIPE)
    return "-".join(["cjpeg", factors, *options]).replace(",", "-"), done.stdout


def jpeg(rng):
    if CJPEG and rng.random() < 0.3:
        return by_cjpeg(rng)
    grey = rng.random() < 0.2
    settings = {"quality": rng.choice([30, 75, 95, 100]), "progressive": rng.random() < 0.4}
    if rng.random() < 0.3:
        settings["restart_marker_blocks"] = rng.randint(1, 9)
    if not grey:
        settings["subsampling"] = rng.randint(0, 2)
    bytes_ = io.BytesIO()
    picture(rng, "L" if grey else "RGB").save(bytes_, "JPEG", **settings)
    data = bytes_.getvalue()
    if rng.random() < 0.4:
        data = without_jfif(data)
        if not grey and rng.random() < 0.7:
            data = renumbered(data, rng.choice([(0, 1, 2), (1, 2, 3), b"RGB", (1, 3, 2), (0, 255, 7), b"rgb", (34, 35, 36)]))
    if rng.random() < 0.1 and not settings["progressive"]:
        data = without_codes(data)
    data = data[:2] + inserts(rng) + data[2:]
    if rng.random() < 0.2:
        data += rng.randbytes(rng.randint(1, 300))
    return "jpeg", data


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed(samples, bits):
    if bits == 16:
        return struct.pack(">%dH" % len(samples), *samples)
    row, each = bytearray((len(samples) * bits + 7) // 8), 8 // bits
    for i, sample in enumerate(samples):
        row[i // each] |= sample << (8 - bits - bits * (i % each))
    return bytes(row)


def filtered(rows, step, rng):
    """Each row by a filter of its own (PNG specification, 9)."""
    out, above = b"", bytes(len(rows[0])) if rows else b""
    for row in rows:
        kind, line = rng.randint(0, 4), bytearray()
        for i, value in enumerate(row):
            a, b, c = row[i - step] if i >= step else 0, above[i], above[i - step] if i >= step else 0
            p = a + b - c
            nearest = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            line.append((value - [0, a, b, (a + b) // 2, nearest][kind]) & 255)
        out, above = out + bytes([kind]) + line, row
    return out


def png(rng):
    color, bits = rng.choice([(0, 1), (0, 2), (0, 4), (0, 8), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (6, 8), (6, 16)])
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color]
    width, height, interlaced = rng.randint(1, SIDE), rng.randint(1, SIDE), rng.random() < 0.4
    colors = rng.randint(1, 1 << bits) if color == 3 else 1 << bits
    pixels = [[[rng.randrange(colors) for _ in range(channels)] for _ in range(width)] for _ in range(height)]
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    data = b""
    for x, y, right, down in passes if interlaced else [(0, 0, 1, 1)]:
        rows = [[sample for pixel in row[x::right] for sample in pixel] for row in pixels[y::down]]
        data += filtered([packed(row, bits) for row in rows if row], max(1, channels * bits // 8), rng)
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, color, 0, 0, int(interlaced)))
    extra = [
        lambda: chunk(b"gAMA", struct.pack(">I", rng.choice([45455, 100000, 220000]))),
        lambda: chunk(b"sRGB", b"\0"),
        lambda: chunk(b"tEXt", b"Title\0abc"),
        lambda: chunk(b"pHYs", struct.pack(">IIB", 1000, 1000, 1)),
        lambda: chunk(b"eXIf", tiff(rng)),
        lambda: chunk(b"prVt", rng.randbytes(9)),
        lambda: chunk(b"iCCP", b"p\0\0" + zlib.compress(rng.randbytes(99))),
    ]
    file += b"".join(add() for add in rng.sample(extra, rng.randint(0, 3)))
    if color == 3:
        file += chunk(b"PLTE", rng.randbytes(3 * colors))
    if rng.random() < 0.5:
        length = {0: 2, 2: 6, 3: rng.randint(1, colors)}.get(color, 6)
        file += chunk(b"tRNS", bytes(rng.choice([0, 255, 7]) for _ in range(length)))
    data = zlib.compress(data, rng.randint(0, 9))
    cut = rng.randint(0, len(data))
    file += chunk(b"IDAT", data[:cut]) + chunk(b"IDAT", data[cut:]) + chunk(b"IEND", b"")
    return "png", file + (rng.randbytes(20) if rng.random() < 0.1 else b"")


def damaged(data, rng):
    """Cut, or with some bytes more, less or changed."""
    at, length = rng.randrange(len(data)), rng.choice([1, 2, 8, 60])
    between, behind = rng.choice(
        [
            (b"", b""),
            (b"", data[at + length :]),
            (rng.randbytes(length), data[at:]),
            (bytes(length), data[at:]),
            (data[at : at + length], data[at:]),
            (rng.randbytes(length), data[at + length :]),
            (bytes([data[at] ^ 1 << rng.randrange(8)]), data[at + 1 :]),
        ]
    )
    return data[:at] + between + behind


for i in range(COUNT):
    rng = random.Random(SEED * 1_000_003 + i)
    name, data = rng.choice([jpeg, png])(rng)
    if data and rng.random() < 0.3:
        name, data = name + "-damaged", damaged(data, rng)
    path = "%s/%d-%s" % (FOLDER, i, name)
    with open(path, "wb") as file:
        file.write(data)
    try:
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    except (OSError, SyntaxError, ValueError):
        continue
    with open(path + ".rgb", "wb") as file:
        file.write(b"%d %d\n" % image.size + image.tobytes())
