/**
 * @typedef {object} Row
 * @property {number} first index of its first picture
 * @property {number} count
 * @property {number} top
 * @property {number} height of its pictures
 * @property {boolean} full whether it fills the width; only the last row may not
 */

/**
 * @typedef {object} Measure
 * @property {number} width of the grid
 * @property {number} target height that rows come near to
 * @property {number} gap between pictures and between rows
 * @property {number} foot height below the pictures of a row, for captions
 */

/** Panoramas and slips are cut to these shapes; the viewer shows them whole. */
const leastAspect = 0.5;
const mostAspect = 2.8;

/** @param {{ width: number, height: number }} size */
export const aspectOf = ({ width, height }) => (width > 0 && height > 0 ? Math.min(mostAspect, Math.max(leastAspect, width / height)) : 1);

/**
 * Puts pictures into rows that fill the width at about the same height, keeping their shapes; rows before `first` stay as they are.
 * @param {Row[]} rows rows so far, which are added to
 * @param {ArrayLike<number>} aspects width by height of every picture
 * @param {Measure} measure
 */
export function justify(rows, aspects, { width, target, gap, foot }) {
  if (rows.length > 0 && !rows[rows.length - 1].full) {
    rows.pop();
  }

  const last = rows.at(-1);
  let first = last ? last.first + last.count : 0;
  let top = last ? last.top + last.height + foot + gap : 0;
  while (first < aspects.length) {
    const { count, height, full } = nextRow(aspects, first, width, target, gap);
    rows.push({ first, count, top, height, full });
    first += count;
    top += height + foot + gap;
  }
}

/**
 * @param {ArrayLike<number>} aspects
 * @param {number} first
 * @param {number} width
 * @param {number} target
 * @param {number} gap
 */
function nextRow(aspects, first, width, target, gap) {
  let sum = 0;
  for (let count = 1; first + count <= aspects.length; count++) {
    const before = sum;
    sum += aspects[first + count - 1];
    const height = (width - gap * (count - 1)) / sum;
    if (height <= target) {
      const without = (width - gap * (count - 2)) / before;
      return count > 1 && without - target < target - height
        ? { count: count - 1, height: without, full: true }
        : { count, height, full: true };
    }
  }

  return { count: aspects.length - first, height: target, full: false };
}

/**
 * Index of the row at a height, or of the nearest one.
 * @param {Row[]} rows
 * @param {number} y
 */
export function rowAt(rows, y) {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle].top <= y) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }

  return low;
}

/**
 * Index of the row that holds a picture.
 * @param {Row[]} rows
 * @param {number} index
 */
export function rowOf(rows, index) {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle].first <= index) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }

  return low;
}

/**
 * Index of the picture to which a key leads from one; undefined where it leads nowhere.
 * @param {string} key
 * @param {Row[]} rows
 * @param {ArrayLike<number>} aspects
 * @param {number} index
 */
export function targetOf(key, rows, aspects, index) {
  switch (key) {
    case 'ArrowRight': return index + 1;
    case 'ArrowLeft': return index - 1;
    case 'ArrowDown': return neighbour(rows, aspects, index, 1);
    case 'ArrowUp': return neighbour(rows, aspects, index, -1);
    case 'Home': return 0;
    case 'End': return aspects.length - 1;
    default: return undefined;
  }
}

/**
 * Index of the picture that stands nearest to one, a row below or above.
 * @param {Row[]} rows
 * @param {ArrayLike<number>} aspects
 * @param {number} index
 * @param {1 | -1} step
 */
function neighbour(rows, aspects, index, step) {
  const place = rowOf(rows, index);
  const row = rows[place + step];
  if (!row) {
    return index;
  }

  const middle = middleOf(rows[place], aspects, index);
  let best = row.first;
  for (let other = row.first; other < row.first + row.count; other++) {
    best = Math.abs(middleOf(row, aspects, other) - middle) < Math.abs(middleOf(row, aspects, best) - middle) ? other : best;
  }

  return best;
}

/**
 * How far from the left a picture's middle is; gaps are too small to matter.
 * @param {Row} row
 * @param {ArrayLike<number>} aspects
 * @param {number} index
 */
function middleOf({ first, height }, aspects, index) {
  let left = 0;
  for (let before = first; before < index; before++) {
    left += aspects[before] * height;
  }

  return left + (aspects[index] * height) / 2;
}
