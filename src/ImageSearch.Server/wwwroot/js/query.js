/**
 * The query language as far as the page edits it: splitting a query into items and putting it together again.
 * What an item means is the server's business.
 */

const quotes = '"“”„';

/**
 * The items of a query: what stands between spaces outside of quotes.
 * @param {string} query
 */
export function itemsOf(query) {
  /** @type {string[]} */
  const items = [];
  let item = '';
  let quoted = false;
  for (let index = 0; index < query.length; index++) {
    const letter = query[index];
    if (quotes.includes(letter)) {
      const doubled = quoted && quotes.includes(query[index + 1] ?? ' ');
      if (doubled) {
        item += letter;
        index++;
      } else if (quoted || item === '' || /[:,-]$/.test(item)) {
        quoted = !quoted;
      }

      item += letter;
    } else if (!quoted && /\s/.test(letter)) {
      items.push(item);
      item = '';
    } else {
      item += letter;
    }
  }

  return [...items, item].filter((each) => each !== '');
}

/** @param {string} query */
const joined = (query) => itemsOf(query).join(' ');

/**
 * An item of the form key:value,value; null for any other.
 * @param {string} item
 */
export function filterOf(item) {
  const match = /^(-?)([a-z]+):(.+)$/i.exec(item);
  return match && { minus: match[1] === '-', key: match[2].toLowerCase(), values: valuesOf(match[3]) };
}

/** @param {string} text */
function valuesOf(text) {
  return text.match(/"(?:[^"]|"")*"|[^,]+/g) ?? [];
}

/** @param {string} value */
const folded = (value) => value.replace(/^"|"$/g, '').replaceAll('""', '"').toLowerCase();

/**
 * Whether a query holds a facet's filter, alone or among other values of its key.
 * @param {string} query
 * @param {string} filter
 */
export function hasFilter(query, filter) {
  const wanted = filterOf(filter);
  return wanted !== null && itemsOf(query).some((item) => holds(filterOf(item), wanted));
}

/**
 * @param {ReturnType<typeof filterOf>} have
 * @param {NonNullable<ReturnType<typeof filterOf>>} wanted
 */
const holds = (have, wanted) =>
  have !== null && !have.minus && have.key === wanted.key && wanted.values.every((value) => have.values.map(folded).includes(folded(value)));

/**
 * The query with a facet's filter added to the values of its key, or taken from them.
 * @param {string} query
 * @param {string} filter
 */
export function toggledFilter(query, filter) {
  const wanted = filterOf(filter);
  if (wanted === null) {
    return query;
  }

  const items = itemsOf(query);
  const place = items.findIndex((item) => ((have) => have !== null && !have.minus && have.key === wanted.key)(filterOf(item)));
  if (place < 0) {
    return [...items, filter].join(' ');
  }

  const have = /** @type {NonNullable<ReturnType<typeof filterOf>>} */ (filterOf(items[place]));
  const values = holds(have, wanted)
    ? have.values.filter((value) => !wanted.values.map(folded).includes(folded(value)))
    : [...have.values, ...wanted.values];
  items.splice(place, 1, ...(values.length > 0 ? [`${have.key}:${values.join(',')}`] : []));
  return items.join(' ');
}

/**
 * The query without its filters of a key.
 * @param {string} query
 * @param {string} key
 */
export const withoutKey = (query, key) =>
  itemsOf(query)
    .filter((item) => filterOf(item)?.key !== key)
    .join(' ');

const namedPicture = /^-?(?:\d+(?:\.\d+)?:)?like:(id|upload):"?([0-9a-f-]+)"?$/i;

/**
 * The picture that an item names by its id; null for any other item.
 * @param {string} item
 * @returns {{ kind: 'id' | 'upload', name: string, minus: boolean } | null}
 */
export function pictureOf(item) {
  const match = namedPicture.exec(item);
  return match && { kind: /** @type {'id' | 'upload'} */ (match[1].toLowerCase()), name: match[2].toLowerCase(), minus: item.startsWith('-') };
}

/**
 * The items that name a picture by id, which the box shows as pictures.
 * @param {string} query
 */
export const picturesOf = (query) => itemsOf(query).filter((item) => pictureOf(item) !== null);

/**
 * What the box shows as text: everything but the pictures.
 * @param {string} query
 */
export const textOf = (query) =>
  itemsOf(query)
    .filter((item) => pictureOf(item) === null)
    .join(' ');

/**
 * The query with a picture to look like, or to look unlike; the picture's earlier item gives way.
 * @param {string} query
 * @param {string} item
 */
export function withPicture(query, item) {
  const name = pictureOf(item)?.name;
  return [...itemsOf(query).filter((each) => pictureOf(each)?.name !== name), item].join(' ');
}

/**
 * @param {string} query
 * @returns {string} relevance, date or date-asc
 */
export const sortOf = (query) =>
  itemsOf(query)
    .map(filterOf)
    .find((filter) => filter?.key === 'sort')?.values[0] ?? 'relevance';

/**
 * @param {string} query
 * @param {string} sort
 */
export const sorted = (query, sort) => joined(`${withoutKey(query, 'sort')}${sort === 'relevance' ? '' : ` sort:${sort}`}`);
