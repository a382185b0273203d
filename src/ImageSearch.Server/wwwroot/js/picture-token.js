import { icon } from './icons.js';
import { h } from './dom.js';
import { pictureOf } from './query.js';
import { likenessOf } from './uploads.js';

/**
 * A small picture for an item of the query that names one.
 * @param {string} item
 */
export function tokenImage(item) {
  const picture = /** @type {NonNullable<ReturnType<typeof pictureOf>>} */ (pictureOf(item));
  if (picture.kind === 'upload') {
    return likenessOf(picture.name) ?? icon('picture');
  }

  const image = h('img', { alt: '', src: `/api/pictures/${picture.name}/thumbnail?size=160` });
  image.addEventListener('error', () => image.replaceWith(icon('picture')));
  return image;
}

/**
 * What an item that names a picture says, in words.
 * @param {string} item
 */
export function tokenText(item) {
  const picture = pictureOf(item);
  return `${picture?.minus ? 'Not like' : 'Like'} ${picture?.kind === 'upload' ? 'your picture' : 'this picture'}`;
}
