#!/usr/bin/env python3
"""Makes data-samples/ from pictures in Debian 12 packages that are in the public domain or CC0.

Needs a Debian 12 machine with apt, dpkg-deb, libvips-tools and libimage-exiftool-perl. Usage: make-samples.py TARGET
The committed files are the reference; another version of libvips gives other bytes for the same pictures.
"""

import bz2
import hashlib
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

SKIMAGE = "python3-skimage 0.19.3-8"
GCOMPRIS = "gcompris-qt-data 3.1-2"
OPENCLIPART = "openclipart-svg 1:0.18+dfsg-19"
SKIMAGE_FOLDER = "usr/lib/python3/dist-packages/skimage/data/"
CLIPART_FOLDER = "usr/share/openclipart/svg/"
COMMONS = "debian/copyright of the package; https://commons.wikimedia.org/wiki/File:"
DOCSTRING = "docstring in skimage/data/_fetchers.py"
CLIPART_LICENCE = "public domain (debian/copyright of the package, and the licence inside the SVG)"

# EXIF orientation -> how libvips turns an upright picture so that the orientation brings it back.
STORED = {3: "d180", 6: "d270", 8: "d90"}


class Sample:
    def __init__(self, path, package, source, licence, size=None, save="", orientation=1, tags=()):
        self.path, self.package, self.source, self.licence = path, package, source, licence
        self.size, self.save, self.orientation, self.tags = size, save, orientation, list(tags)

    @property
    def changes(self):
        said = []
        if self.source.endswith(".svg"):
            said.append(f"rendered at {self.size} pixels")
        elif self.size:
            said.append(f"resized to {self.size} pixels")
        if not self.keeps_bytes:
            said.append("encoded as " + pathlib.Path(self.path).suffix[1:])
        if self.orientation != 1:
            said.append(f"stored turned, with EXIF orientation {self.orientation}")
        if self.tags:
            said.append("metadata added")
        return ", ".join(said) or "none"

    @property
    def keeps_bytes(self):
        return not self.size and self.orientation == 1 and pathlib.Path(self.path).suffix == pathlib.Path(self.source).suffix


def camera(maker, model, taken, lens=None, rating=None):
    tags = [f"-Make={maker}", f"-Model={model}", f"-DateTimeOriginal={taken}"]
    return tags + ([f"-LensModel={lens}"] if lens else []) + ([f"-Rating={rating}"] if rating else [])


def place(latitude, longitude):
    return [
        f"-GPSLatitude={abs(latitude)}", f"-GPSLatitudeRef={'N' if latitude >= 0 else 'S'}",
        f"-GPSLongitude={abs(longitude)}", f"-GPSLongitudeRef={'E' if longitude >= 0 else 'W'}",
    ]


def words(title=None, description=None, keywords=(), iptc=False):
    tags = [f"-XMP-dc:Title={title}"] if title else []
    tags += [f"-{'IPTC:Caption-Abstract' if iptc else 'XMP-dc:Description'}={description}"] if description else []
    return tags + [f"-{'IPTC:Keywords' if iptc else 'XMP-dc:Subject'}={keyword}" for keyword in keywords]


def skimage(path, name, licence, **how):
    return Sample(path, SKIMAGE, SKIMAGE_FOLDER + name, f"{licence} ({DOCSTRING})", **how)


def gcompris(path, name, author, commons, **how):
    return Sample(path, GCOMPRIS, name, f"public domain, {author} ({COMMONS}{commons})", **how)


def clipart(path, name, author, **how):
    return Sample(path, OPENCLIPART, f"{CLIPART_FOLDER}{name}.svg", f"{CLIPART_LICENCE}, {author}", **how)


SAMPLES = [
    gcompris("travel/windmill.jpg", "categorization/resource/images/renewable/windmill.webp", "G-Man", "Chesterton_Windmill.jpg",
             save="Q=88", orientation=6,
             tags=camera("Lumen", "Lumen A1", "2023:06:11 10:24:05", rating=4) + ["-OffsetTimeOriginal=+01:00"] + place(52.2317, -1.4745)
             + words("Chesterton Windmill", keywords=["windmill", "Warwickshire", "England"])),
    gcompris("travel/hungary/dam.jpg", "categorization/resource/images/renewable/dam2.webp", "László Szalai", "Bekes-dam_duzzaszto.jpg",
             save="Q=88",
             tags=camera("Lumen", "Lumen A1", "2021:09:04 16:40:12") + place(46.7667, 21.1333)
             + words(description="The dam on the river at Békés", keywords=["river", "Hungary"], iptc=True)),
    gcompris("travel/IMG_2034.jpg", "categorization/resource/images/others/igloo.webp", "U.S. National Oceanic and Atmospheric Administration", "Igloo.jpg",
             save="Q=88", orientation=3, tags=camera("Lumen", "Lumen Pocket", "2022:02:13 11:02:47")),
    skimage("pets/chelsea.jpg", "chelsea.png", "CC0, Stefan van der Walt",
            save="Q=88",
            tags=camera("Lumen", "Lumen Pocket", "2020:12:24 18:05:30", rating=5)
            + words("Chelsea", "Our tabby cat by the fire", ["cat", "tabby"])),
    gcompris("pets/goldfish.webp", "categorization/resource/images/fishes/fish25.webp", "Necrophorus", "Goldfisch_1.jpg"),
    gcompris("wildlife/moose.jpg", "explore_world_animals/resource/animals/moose.webp", "Ryan Hagerty", "Male_Moose.jpg",
             save="Q=82",
             tags=camera("Northlight", "Northlight F3", "2019:10:05 07:51:00", "Northlight 400mm f/5.6", 5) + place(63.1148, -151.1926)
             + words("Moose at rest", keywords=["moose", "antlers", "Alaska"])),
    Sample("wildlife/raccoon.jpg", "python3-scipy 1.10.1-2", "usr/lib/python3/dist-packages/scipy/misc/face.dat",
           "public domain (docstring in scipy/misc/_common.py: raccoon-procyon-lotor.jpg at http://www.public-domain-image.com)",
           save="Q=82", tags=words(description="A raccoon looks out between the leaves")),
    gcompris("wildlife/perch.webp", "categorization/resource/images/fishes/fish4.webp", "Hadal", "YellowPerch.jpg"),
    skimage("food/coffee.jpg", "coffee.png", "CC0, Rachel Michetti",
            save="Q=88", tags=camera("Lumen", "Lumen Pocket", "2023:03:18 09:15:00") + words("Espresso at the bar", keywords=["espresso", "cup"])),
    gcompris("food/pan.png", "categorization/resource/images/others/pan.webp", "Suricata", "Pfanne_(Gusseisen).jpg",
             tags=words(keywords=["kitchen", "cast iron"])),
    skimage("space/astronaut.jpg", "astronaut.png", "public domain, NASA",
            save="Q=85", tags=words("Eileen Collins", keywords=["astronaut", "NASA", "portrait"])),
    skimage("space/rocket.jpg", "rocket.jpg", "public domain, SpaceX",
            tags=words("Falcon 9 before the launch", keywords=["launch"]) + ["-XMP-exif:DateTimeOriginal=2015:02:11 18:03:00-05:00"]),
    skimage("space/hubble-deep-field.jpg", "hubble_deep_field.jpg", "public domain, NASA",
            size=700, save="Q=80", tags=words("Hubble eXtreme Deep Field", keywords=["galaxies"])),
    Sample("space/hurricane.jpg", "python-cartopy-data 0.21.1+dfsg-1",
           "usr/share/cartopy/data/raster/sample/Miriam.A2012270.2050.2km.jpg", "public domain, NASA (debian/copyright of the package)",
           size=700, save="Q=80",
           tags=words("Hurricane Miriam", keywords=["storm", "satellite"]) + ["-DateTimeOriginal=2012:09:26 20:50:00", "-OffsetTimeOriginal=+00:00"] + place(22.0, -113.5)),
    Sample("nature/DSC00417.jpg", "lomiri-wallpapers-16.04 20.04.0-2",
           "usr/share/backgrounds/seeding_by_Clements_Engelhardt.jpg", "CC0, Clemens Engelhardt (debian/copyright of the package)",
           size=1200, save="Q=80", orientation=8, tags=camera("Northlight", "Northlight F3", "2018:05:19 19:48:21", "Northlight 50mm f/2")),
    skimage("museum/coins.tif", "coins.png", "no known copyright restrictions, Brooklyn Museum",
            save="compression=deflate,predictor=horizontal", tags=words("Greek coins from Pompeii", keywords=["money", "antique"])),
    skimage("science/2017-05-20 retina.jpg", "retina.jpg", "CC0, Mikael Häggström",
            size=500, save="Q=85", tags=words("Retina of a left eye", keywords=["eye", "medicine"])),
    skimage("textures/brick.png", "brick.png", "CC0, cc0textures.com"),
    skimage("people/photographer.jpg", "camera.png", "CC0, Lav Varshney",
            save="Q=85", tags=words(description="A man with a camera on a tripod", iptc=True)),
    Sample("maps/world.webp", "python-cartopy-data 0.21.1+dfsg-1",
           "usr/share/cartopy/data/raster/natural_earth/50-natural-earth-1-downsampled.png",
           "public domain, Natural Earth (debian/copyright of the package)", size=800, save="Q=80"),
    clipart("drawings/lighthouse.png", "buildings/lighthouse_matthew_gates_", "Matthew Gates", size=480),
    clipart("drawings/tulips.gif", "plants/tulips_ganson", "Ganson", size=400),
    clipart("drawings/rose.webp", "plants/flowers/pink-rose_tess_brady_01", "Tess Brady", size=480, save="Q=80"),
    clipart("drawings/balloons.png", "recreation/party/balloons-aj", "AJ Ashton", size=480),
]


def run(*command, **how):
    return subprocess.run(command, check=True, capture_output=True, **how).stdout


def unpack(package, work):
    name, version = package.split(" ")
    folder = work / name
    if not folder.exists():
        run("apt-get", "download", f"{name}={version}", cwd=work)
        deb, = work.glob(f"{name}_*.deb")
        run("dpkg-deb", "-x", str(deb), str(folder))
    return folder


def read_resource(bundle, wanted):
    """One file of a Qt resource bundle: a tree of 22-byte nodes, names in UTF-16, data with a 32-bit length."""
    content = bundle.read_bytes()
    tree, data, names = struct.unpack_from(">3I", content, 8)

    def name(offset):
        length, = struct.unpack_from(">H", content, names + offset)
        return content[names + offset + 6:names + offset + 6 + 2 * length].decode("utf-16-be")

    def find(node, path):
        for_name, flags, count, first = struct.unpack_from(">IHII", content, tree + 22 * node)
        path = f"{path}/{name(for_name)}" if node else ""
        if flags & 2:
            return next(filter(None, (find(child, path) for child in range(first, first + count))), None)
        if not path.endswith("/" + wanted):
            return None
        at, = struct.unpack_from(">I", content, tree + 22 * node + 10)
        size, = struct.unpack_from(">I", content, data + at)
        body = content[data + at + 4:data + at + 4 + size]
        return zlib.decompress(body[4:]) if flags & 1 else body

    return find(0, "") or sys.exit(f"{wanted} is not in {bundle}")


def original(sample, work):
    folder = unpack(sample.package, work)
    if sample.package == GCOMPRIS:
        picture = work / pathlib.Path(sample.source).name
        bundle = folder / "usr/share/gcompris-qt/rcc" / f"{sample.source.split('/')[0]}.rcc"
        picture.write_bytes(read_resource(bundle, sample.source))
        return picture
    if sample.source.endswith(".dat"):
        raw, picture = work / "raw", work / "raw.v"
        raw.write_bytes(bz2.decompress((folder / sample.source).read_bytes()))
        run("vips", "rawload", str(raw), str(picture), "1024", "768", "3")
        run("vips", "copy", str(picture), str(work / "raw-rgb.v"), "--interpretation", "srgb")
        return work / "raw-rgb.v"
    return folder / sample.source


def make(sample, target, work):
    picture, out = original(sample, work), target / sample.path
    out.parent.mkdir(parents=True, exist_ok=True)
    if sample.keeps_bytes:
        shutil.copyfile(picture, out)
    else:
        if sample.size:
            run("vips", "thumbnail", str(picture), str(work / "sized.v"), str(sample.size))
            picture = work / "sized.v"
        if sample.orientation != 1:
            run("vips", "rot", str(picture), str(work / "turned.v"), STORED[sample.orientation])
            picture = work / "turned.v"
        run("vips", "copy", str(picture), f"{out}[strip,{sample.save}]" if sample.save else f"{out}[strip]")
    tags = sample.tags + ([f"-Orientation#={sample.orientation}"] if sample.orientation != 1 else [])
    if tags:
        run("exiftool", "-q", "-overwrite_original", "-charset", "iptc=UTF8", "-codedcharacterset=utf8", *tags, str(out))
    out.chmod(0o644)


def make_copies(target):
    """Returns a line for each file that is made from another sample: path, how."""
    shutil.copyfile(target / "food/coffee.jpg", target / "food/coffee (copy).jpg")
    (target / "edited").mkdir(exist_ok=True)
    run("vips", "thumbnail", str(target / "pets/chelsea.jpg"), str(target / "edited/chelsea-small.jpg") + "[strip,Q=60]", "225")
    whole = (target / "travel/hungary/dam.jpg").read_bytes()
    (target / "travel/hungary/IMG_2035.jpg").write_bytes(whole[:len(whole) * 2 // 5])
    return [
        ("food/coffee (copy).jpg", "exact copy of food/coffee.jpg"),
        ("edited/chelsea-small.jpg", "pets/chelsea.jpg at half size, encoded again, without metadata"),
        ("travel/hungary/IMG_2035.jpg", "the first two fifths of travel/hungary/dam.jpg: broken on purpose"),
    ]


def write_sources(target, copies):
    def digest(path):
        return hashlib.sha256((target / path).read_bytes()).hexdigest()

    lines = [
        "# Sources of the samples",
        "",
        "Made by `scripts/make-samples.py`. Each picture may be given on: public domain, CC0, or without known copyright restrictions, as",
        "the place in brackets says. Cameras, lenses, times, places, ratings and words are additions of the script, so that every",
        "filter has something to find: they are examples, not facts about the original photographs.",
        "",
        "| file | SHA-256 | Debian package | file in it | licence, author | changes |",
        "|---|---|---|---|---|---|",
    ]
    lines += [f"| {s.path} | {digest(s.path)} | {s.package} | {s.source} | {s.licence} | {s.changes} |" for s in SAMPLES]
    lines += ["", "Made from other samples, under the same terms:", "", "| file | SHA-256 | how |", "|---|---|---|"]
    lines += [f"| {path} | {digest(path)} | {how} |" for path, how in copies]
    (target / "SOURCES.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    target = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        for sample in SAMPLES:
            make(sample, target, pathlib.Path(folder))
    write_sources(target, make_copies(target))


if __name__ == "__main__":
    main()
