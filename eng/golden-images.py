#!/usr/bin/env python3
"""Writes Spectral.Tests/Golden/images.json: small image files and their pixels as Pillow decodes them."""
import base64, io, json, os
import numpy as np
from PIL import Image

height, width = 12, 18
y, x = np.mgrid[0:height, 0:width].astype(float)
colour = np.stack([127 + 120 * np.sin(0.4 * x), 127 + 120 * np.cos(0.5 * y), 12 * x + 3 * y], -1)
rgb = Image.fromarray(colour.round().clip(0, 255).astype(np.uint8))
grey = rgb.convert("L")
alpha = rgb.copy()
alpha.putalpha(128)
deep = Image.fromarray((257 * np.asarray(grey).astype(np.uint16)))


def case(name, image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    pixels = np.asarray(Image.open(io.BytesIO(file.getvalue())))
    if kind == "PNG" and image.mode == "P":
        pixels = np.asarray(image.convert("RGB"))
    pixels = pixels.reshape(height, width, -1)
    return {
        "name": name,
        "params": {"file": base64.b64encode(file.getvalue()).decode()},
        "outputs": {"pixels": {"shape": list(pixels.shape), "data": pixels.flatten().tolist()}},
    }


cases = [
    case("jpeg-444", rgb, "JPEG", quality=90, subsampling=0),
    case("jpeg-420", rgb, "JPEG", quality=90, subsampling=2),
    case("jpeg-progressive", rgb, "JPEG", quality=75, progressive=True),
    case("jpeg-grey", grey, "JPEG", quality=90),
    case("png-rgb", rgb, "PNG"),
    case("png-grey", grey, "PNG"),
    case("png-palette", rgb.quantize(16), "PNG"),
    case("refused-png-16-bit", deep, "PNG"),
    case("refused-png-alpha", alpha, "PNG"),
]
path = os.path.join(os.path.dirname(__file__), "..", "Spectral.Tests", "Golden", "images.json")
with open(path, "w") as out:
    out.write('{"family": "images", "cases": [\n')
    out.write(",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]}\n")
