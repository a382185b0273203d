/** @import { Answer, FacetValue, Hit, Suggestion, Vision } from './types.js' */

/** What went wrong, in the server's words or, where it said nothing, in ours. */
export class Problem extends Error {
  /** @param {{ status: number, title: string, detail?: string, cure?: string, retryAfter?: number }} facts */
  constructor(facts) {
    super(facts.title);
    this.status = facts.status;
    this.title = facts.title;
    this.detail = facts.detail ?? '';
    this.cure = facts.cure ?? '';
    this.retryAfter = facts.retryAfter ?? 0;
  }
}

/** @type {() => Promise<void>} */
let askForKey = () => Promise.reject(new Problem({ status: 401, title: 'A key is needed' }));

/**
 * Sets what asks the person for a key when the server wants one; it resolves once a key was accepted.
 * @param {() => Promise<void>} ask
 */
export function onKeyNeeded(ask) {
  askForKey = ask;
}

/**
 * Sends a request and gives back the parsed answer; every failure but an abort is a Problem.
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
export async function request(path, options = {}) {
  const response = await open(path, options);
  return response.status === 204 || response.headers.get('content-length') === '0' ? null : response.json();
}

/**
 * Sends a request and gives back the answer as it begins; every failure but an abort is a Problem.
 * @param {string} path
 * @param {RequestInit} [options]
 */
export async function open(path, options = {}) {
  let response = await send(path, options);
  if (response.status === 401 && path !== '/api/session') {
    await askForKey();
    response = await send(path, options);
  }

  if (!response.ok) {
    throw await problemOf(response);
  }

  return response;
}

/**
 * @param {string} path
 * @param {RequestInit} options
 */
async function send(path, options) {
  try {
    return await fetch(path, { ...options, headers: { accept: 'application/json', ...options.headers } });
  } catch (error) {
    if (options.signal?.aborted) {
      throw error;
    }

    throw new Problem(
      navigator.onLine
        ? { status: 0, title: 'The server does not answer', detail: `Nothing answers at ${location.host}.`, cure: 'See whether “imagesearch serve” still runs.', retryAfter: 5 }
        : { status: 0, title: 'You are offline', detail: 'This device has no connection.', cure: 'The search goes on by itself once the connection is back.', retryAfter: 5 },
    );
  }
}

/** @param {Response} response */
async function problemOf(response) {
  const retryAfter = Number(response.headers.get('retry-after')) || 0;
  const said = response.headers.get('content-type')?.includes('json') ? await response.json().catch(() => null) : null;
  return new Problem({
    status: response.status,
    title: titleOf(response.status, said?.dependency) ?? said?.title ?? `The server answered ${response.status}`,
    detail: said?.detail,
    cure: said?.cure,
    retryAfter,
  });
}

/**
 * What happened, as the reader of the page would say it; the server's titles are those of HTTP.
 * @param {number} status
 * @param {string | undefined} dependency
 */
function titleOf(status, dependency) {
  switch (dependency ?? status) {
    case 'collection': return 'The collection cannot be reached';
    case 'embedding': return 'The embedding model cannot be reached';
    case 400: return 'This search cannot be read';
    case 'vision': return 'The model that looks at pictures cannot be reached';
    case 401: return 'A key is needed';
    case 402: return 'That would cost more than is allowed';
    case 404: return 'This picture is not there any more';
    case 413: return 'This picture is too large';
    case 415: case 422: return 'This is not a picture that can be read';
    case 429: return 'Too many questions at once';
    case 503: return 'The server is busy';
    case 504: return 'The answer took too long';
    default: return undefined;
  }
}

/** @param {Record<string, string | number | undefined>} parameters */
function parametersOf(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}

/**
 * @param {{ q: string, limit: number, cursor?: string, minScore?: number }} parameters
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
export const search = (parameters, signal) => request(`/api/search?${parametersOf(parameters)}`, { signal });

/**
 * @param {string} query
 * @param {string[]} facets
 * @param {AbortSignal} signal
 * @returns {Promise<Record<string, FacetValue[]>>}
 */
export const facets = async (query, facets, signal) =>
  (await request(`/api/facets?${parametersOf({ q: query, facets: facets.join(','), limit: 24 })}`, { signal })).facets;

/**
 * @param {string} query
 * @param {AbortSignal} signal
 * @returns {Promise<Suggestion[]>}
 */
export const suggestions = async (query, signal) =>
  (await request(`/api/suggestions?${parametersOf({ q: query, limit: 8 })}`, { signal })).suggestions;

/**
 * @param {string} id
 * @param {AbortSignal} [signal]
 * @returns {Promise<Hit>}
 */
export const picture = (id, signal) => request(`/api/pictures/${encodeURIComponent(id)}`, { signal });

/**
 * @param {Blob} file
 * @returns {Promise<{ upload: string, width: number, height: number, format: string }>}
 */
export const upload = (file) =>
  request('/api/uploads', { method: 'POST', body: file, headers: { 'content-type': file.type || 'application/octet-stream' } });

/** @returns {Promise<{ read: boolean, write: boolean, keysRequired: boolean, vision?: Vision }>} */
export const session = () => request('/api/session');

/** @param {string} key */
export const openSession = (key) =>
  request('/api/session', { method: 'POST', body: JSON.stringify({ key }), headers: { 'content-type': 'application/json' } });

/**
 * Address of a thumbnail that lasts: other bytes have another address.
 * @param {Hit} hit
 * @param {number} size longest side in pixels: 160, 320, 640 or 1280
 */
export const thumbnailOf = (hit, size) => `/api/pictures/${hit.id}/thumbnail?size=${size}&v=${hit.sha256.slice(0, 16)}`;

/** @param {{ id: string }} hit */
export const originalOf = (hit) => `/api/pictures/${hit.id}/original`;

const sizes = [160, 320, 640, 1280];

/**
 * The smallest thumbnail that is sharp at so many device pixels.
 * @param {number} pixels longest side
 */
export const sizeFor = (pixels) => sizes.find((size) => size >= pixels * 0.85) ?? 1280;
