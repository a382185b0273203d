import * as api from './api.js';

const side = 96;

/** Small likenesses of the pictures that were sent from this page, by their hash. @type {Map<string, HTMLCanvasElement>} */
const likenesses = new Map();

/**
 * Sends a picture to be searched by.
 * @param {Blob} file
 * @returns {Promise<string>} the item of the query that names it
 */
export async function send(file) {
  const { upload } = await api.upload(file);
  const likeness = await draw(file);
  if (likeness) {
    likenesses.set(upload, likeness);
  }

  return `like:upload:${upload}`;
}

/**
 * A likeness to show, or null where the picture was sent by another page or cannot be drawn here.
 * @param {string} upload
 */
export function likenessOf(upload) {
  const kept = likenesses.get(upload);
  if (!kept) {
    return null;
  }

  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: side, height: side });
  canvas.getContext('2d')?.drawImage(kept, 0, 0);
  return canvas;
}

/** @param {Blob} file */
async function draw(file) {
  try {
    const bitmap = await createImageBitmap(file);
    const canvas = document.createElement('canvas');
    const cut = Math.min(bitmap.width, bitmap.height);
    Object.assign(canvas, { width: side, height: side });
    canvas.getContext('2d')?.drawImage(bitmap, (bitmap.width - cut) / 2, (bitmap.height - cut) / 2, cut, cut, 0, 0, side, side);
    bitmap.close();
    return canvas;
  } catch {
    // The server reads formats that the browser does not, such as TIFF: those are shown by an icon.
    return null;
  }
}
