/** @import { Hit, Signal } from '../types.js' */
import { emit, h } from '../dom.js';
import * as format from '../format.js';

/** @type {Record<string, string>} */
const sources = { exif: '', xmp: '', iptc: '', name: 'from the file name', modified: 'when the file was changed' };
/** @type {Record<string, string>} */
const signals = { meaning: 'Meaning', words: 'Words' };

/** What is known of a picture, and why it is a hit. Events: `query-chosen` with a search for what a fact names. */
class PhotoFacts extends HTMLElement {
  /** @param {Hit | null} hit */
  set hit(hit) {
    this.replaceChildren(...(hit ? this.#parts(hit) : []));
  }

  /** @param {Hit} hit */
  #parts(hit) {
    const text = hit.caption ?? hit.description;
    return [
      h('h2', { class: 'facts-title' }, hit.title ?? format.nameOf(hit.path)),
      text ? h('p', { class: 'facts-text' }, text, hit.caption && hit.captionModel ? h('small', { title: 'The model that wrote this' }, hit.captionModel) : null) : null,
      h('dl', {}, ...this.#facts(hit)),
      this.#tags(hit),
      this.#colours(hit),
      why(hit.why ?? [], hit.score),
      copies(hit),
    ].filter((part) => part !== null);
  }

  /** @param {Hit} hit */
  #facts(hit) {
    const folder = format.folderOf(hit.path);
    return [
      hit.takenAt && fact('Taken', format.longDay(hit.takenAt), [format.time(hit.takenAt), sources[hit.takenAtSource ?? '']].filter(Boolean).join(', ')),
      hit.camera && fact('Camera', this.#search(hit.camera, `camera:${quoted(hit.camera)}`), hit.lens),
      fact('Picture', format.pixels(hit), `${hit.format.toUpperCase()}, ${format.size(hit.bytes)}`),
      hit.rating !== undefined && fact('Rating', h('span', { role: 'img', 'aria-label': format.counted(hit.rating, 'star') }, '★'.repeat(hit.rating) + '☆'.repeat(5 - hit.rating))),
      hit.latitude !== undefined && hit.longitude !== undefined
        && fact('Place', this.#search(`${hit.latitude.toFixed(4)}, ${hit.longitude.toFixed(4)}`, `near:${hit.latitude.toFixed(4)},${hit.longitude.toFixed(4)},5`), 'Search within 5 km'),
      hit.visibleText && fact('Written in it', hit.visibleText),
      fact('File', format.nameOf(hit.path), folder ? this.#search(folder, `folder:${quoted(folder)}`) : undefined),
      fact('Library', this.#search(hit.library, `library:${quoted(hit.library)}`)),
    ].filter((part) => part instanceof Node);
  }

  /** @param {Hit} hit */
  #tags(hit) {
    return hit.tags?.length ? h('ul', { class: 'facts-tags', 'aria-label': 'Tags' }, ...hit.tags.map((tag) => h('li', {}, this.#search(tag, `tag:${quoted(tag)}`)))) : null;
  }

  /** @param {Hit} hit */
  #colours(hit) {
    const all = hit.colours ?? [];
    if (all.length === 0) {
      return null;
    }

    return h('ul', { class: 'facts-colours', 'aria-label': 'Colours' }, ...all.map(({ name, share }) => {
      const search = this.#search(name, `colour:${name}`);
      search.className = `tone-${name}`;
      search.title = `${name}, ${Math.round(share * 100)} %`;
      search.setAttribute('aria-label', search.title);
      search.replaceChildren();
      const item = h('li', {}, search);
      item.style.flexGrow = String(Math.round(Math.max(share, 0.04) * 100));
      return item;
    }));
  }

  /**
   * @param {string} text
   * @param {string} query
   */
  #search(text, query) {
    return h('button', { type: 'button', title: `Search ${query}`, on: { click: () => emit(this, 'query-chosen', query) } }, text);
  }
}

/** @param {string} value */
const quoted = (value) => (/[\s,"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/**
 * @param {string} name
 * @param {string | Node} value
 * @param {string | Node} [more]
 */
const fact = (name, value, more) => h('div', {}, h('dt', {}, name), h('dd', {}, value), more ? h('dd', { class: 'more' }, more) : null);

/**
 * @param {Signal[]} all
 * @param {number | undefined} score
 */
function why(all, score) {
  if (all.length === 0 && score === undefined) {
    return null;
  }

  const sum = all.reduce((total, { contribution }) => total + Math.max(0, contribution), 0) || 1;
  return h('section', { class: 'why' },
    h('h3', {}, 'Why this picture', score !== undefined && h('span', {}, `Score ${format.score(score)}`)),
    ...all.map(({ signal, rank, score: own, contribution }) => {
      const share = Math.max(0, contribution) / sum;
      const bar = h('span', { class: 'share' });
      bar.style.setProperty('--share', `${share * 100}%`);
      return h('div', { class: 'signal' }, h('strong', {}, signals[signal] ?? signal), h('span', {}, `place ${format.count(rank)}, score ${own.toFixed(own < 10 ? 2 : 0)}`), h('span', { class: 'percent' }, `${Math.round(share * 100)} %`), bar);
    }));
}

/** @param {Hit} hit */
function copies(hit) {
  const others = hit.otherPaths ?? [];
  return others.length > 0
    ? h('section', { class: 'copies' }, h('h3', {}, 'The same picture also lies at'), h('ul', {}, ...others.map(({ library, path }) => h('li', {}, `${library}/${path}`))))
    : null;
}

customElements.define('photo-facts', PhotoFacts);
