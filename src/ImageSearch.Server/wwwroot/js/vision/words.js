/** @import { Verdict } from '../types.js' */

/** @type {Record<string, string>} */
const decisions = { keep: 'fits', unsure: 'unsure', drop: 'does not fit' };

/**
 * The model as people call it: without region, vendor, day and version.
 * @param {string} id
 */
export const modelName = (id) =>
  id.replace(/^.*\//, '').replace(/^(?:[a-z-]+\.)+/, '').replace(/-\d{8}.*$/, '').replace(/-v\d+(?::\d+)?$/, '');

/** @param {number | undefined} amount US dollars */
export const dollars = (amount) => (amount === undefined ? 'at a price that is not known' : amount === 0 ? 'at no cost' : `about $${Number(amount.toPrecision(1))}`);

/**
 * The price of what is done.
 * @param {number | undefined} amount US dollars
 */
export const paid = (amount) => (amount === undefined ? '' : `$${amount === 0 ? '0' : Number(amount.toPrecision(2))}`);

/** @param {Verdict} verdict */
export const decision = ({ decision }) => decisions[decision] ?? decision;

/** @param {Verdict} verdict */
export const sentence = (verdict) => `${decision(verdict)}, ${verdict.grade} of 10: ${verdict.reason}`;
