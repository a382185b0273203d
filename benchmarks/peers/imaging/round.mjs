// One round of the imaging benchmark with sharp: for each JPEG of a folder, one decoding, two outputs; prints CPU milliseconds.
// node round.mjs FOLDER same|default
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

const [folder, settings] = process.argv.slice(2);
// "same": the encoder settings of ImageSearch; "default": those that sharp comes with.
const encoder = settings === "same" ? { optimiseCoding: false } : {};
sharp.concurrency(1);
sharp.cache(false);

async function both(bytes) {
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .resize(1024, 1024, { fit: "inside", withoutEnlargement: true })
    .flatten({ background: "#fff" })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { raw: { width: info.width, height: info.height, channels: info.channels } };
  const large = await sharp(data, raw).jpeg({ quality: 85, ...encoder }).toBuffer();
  const small = await sharp(data, raw).resize(320, 320, { fit: "inside" }).jpeg({ quality: 80, ...encoder }).toBuffer();
  return large.length + small.length;
}

const files = readdirSync(folder).filter((name) => name.endsWith(".jpg")).sort();
const pictures = files.map((name) => readFileSync(join(folder, name)));
for (const bytes of pictures) await both(bytes);
console.log(`version\t${sharp.versions.sharp} with libvips ${sharp.versions.vips}`);
for (const [index, bytes] of pictures.entries()) {
  const before = process.cpuUsage();
  await both(bytes);
  const used = process.cpuUsage(before);
  console.log(`${files[index]}\t${(used.user + used.system) / 1000}`);
}
