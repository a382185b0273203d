/** @import { Coverage, Hit } from './types.js' */

const numbers = new Intl.NumberFormat('en');
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const shortDays = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const weekdays = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });

/** @param {number} value */
export const count = (value) => numbers.format(value);

/**
 * @param {number} value
 * @param {string} one
 * @param {string} [many]
 */
export const counted = (value, one, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;

/** @param {string} path */
export const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);

/** @param {string} path */
export const folderOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The day by the camera's clock. @param {string} takenAt */
const clock = (takenAt) => new Date(`${takenAt.slice(0, 19)}Z`);

/** @param {string} takenAt */
export const day = (takenAt) => shortDays.format(clock(takenAt));

/** @param {string} takenAt */
export const longDay = (takenAt) => days.format(clock(takenAt));

/** @param {string} takenAt */
export const time = (takenAt) => `${weekdays.format(clock(takenAt))}, ${takenAt.slice(11, 16)}`;

/** @param {number} bytes */
export function size(bytes) {
  const steps = /** @type {const} */ ([[1e9, 'GB'], [1e6, 'MB'], [1e3, 'kB']]);
  const [unit, name] = steps.find(([least]) => bytes >= least) ?? [1, 'bytes'];
  return `${(bytes / unit).toFixed(unit >= 1e6 && bytes < unit * 10 ? 1 : 0)} ${name}`;
}

/** @param {{ width: number, height: number }} size */
export function pixels({ width, height }) {
  const mega = (width * height) / 1e6;
  return `${count(width)} × ${count(height)}${mega >= 0.95 ? `, ${mega.toFixed(mega < 10 ? 1 : 0)} MP` : ''}`;
}

/** @param {number} seconds */
export const duration = (seconds) => (seconds < 90 ? `${Math.round(seconds)} s` : seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`);

/** @param {Coverage} coverage */
export const coverage = ({ searchable, found }) =>
  searchable === found ? `${count(found)} searchable` : `${count(searchable)} of ${count(found)} searchable`;

/** @param {number} score */
export const score = (score) => score.toFixed(2);

/**
 * What a picture shows as far as its facts say: for those who do not see it.
 * @param {Hit} hit
 */
export function alternativeText(hit) {
  const subject = hit.caption ?? hit.title ?? hit.description ?? nameOf(hit.path).replace(/\.[^.]*$/, '').replace(/[_-]+/g, ' ');
  const tags = hit.tags?.length ? `; ${hit.tags.slice(0, 5).join(', ')}` : '';
  const taken = hit.takenAt ? `; ${longDay(hit.takenAt)}` : '';
  return `${subject}${tags}${taken}`;
}
