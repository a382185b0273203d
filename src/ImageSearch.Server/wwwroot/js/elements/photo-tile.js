/** @import { Hit } from '../types.js' */
import { h } from '../dom.js';
import * as format from '../format.js';
import { icon } from '../icons.js';

const tones = new Set(['red', 'orange', 'yellow', 'green', 'cyan', 'blue', 'purple', 'pink', 'brown', 'black', 'grey', 'white']);

/**
 * One picture of the grid: a link to it, what it is called, and what one can wish from it.
 * @param {Hit} hit
 * @param {number} index
 * @param {string} address of the page with this picture in the viewer
 */
export function tileOf(hit, index, address) {
  const name = format.nameOf(hit.path);
  const tone = hit.colours?.find((colour) => tones.has(colour.name))?.name ?? 'grey';
  const image = h('img', { alt: format.alternativeText(hit), decoding: 'async', draggable: true });
  const link = h('a', { href: address, class: `picture tone-${tone}`, tabIndex: -1 }, image);
  const copies = hit.otherPaths?.length ?? 0;
  const tile = h('li', { class: 'tile', 'aria-posinset': String(index + 1), 'aria-setsize': '-1' },
    link,
    copies > 0 && h('span', { class: 'badge', title: `The same picture lies in ${format.counted(copies, 'other place')}` },
      icon('stack'), h('span', { class: 'for-readers' }, 'Copies: '), String(copies + 1)),
    h('div', { class: 'wishes' }, wish('like', 'similar', `More like ${name}`, 'More like this (l)'), wish('unlike', 'dissimilar', `Not like ${name}`, 'Not like this (x)')),
    caption(hit, name));
  tile.dataset.index = String(index);
  return { tile, link, image };
}

/**
 * Shows the picture of a tile once it is there.
 * @param {ReturnType<typeof tileOf>} made
 * @param {string} address of the thumbnail
 */
export function load({ tile, link, image }, address) {
  image.addEventListener('load', () => {
    link.classList.add('there');
    if (tile.dataset.index === '0') {
      requestAnimationFrame(() => performance.mark('first-picture'));
    }
  }, { once: true });
  image.addEventListener('error', () => link.classList.add('missing'), { once: true });
  image.src = address;
  // What was shown before is there at once.
  link.classList.toggle('there', image.complete);
}

/**
 * Moves a tile to its place from that of the one that showed the same hit before.
 * @param {HTMLElement} tile
 * @param {HTMLElement} [before]
 */
export function glide(tile, before) {
  if (before) {
    const { transform, width, height } = before.style;
    tile.animate([{ transform, width, height }, {}], { duration: 360, easing: 'cubic-bezier(0.2, 0, 0, 1)' });
  }
}

/**
 * @param {string} what
 * @param {import('../icons.js').IconName} shape
 * @param {string} label
 * @param {string} title
 */
function wish(what, shape, label, title) {
  const button = h('button', { type: 'button', tabIndex: -1, 'aria-label': label, title }, icon(shape));
  button.dataset.wish = what;
  return button;
}

/**
 * @param {Hit} hit
 * @param {string} name
 */
function caption(hit, name) {
  return h('p', { class: 'caption', 'aria-hidden': 'true' },
    h('span', { class: 'name' }, hit.title ?? name),
    h('span', { class: 'facts' }, hit.takenAt ? format.day(hit.takenAt) : 'No date', hit.score !== undefined && h('span', { class: 'score', title: 'How relevant, 0 to 1' }, format.score(hit.score))));
}
