/** @import { Answer, Coverage, Hit, Plan, Understood } from './types.js' */
import * as api from './api.js';

const firstPage = 60;
const nextPage = 120;
const mostOfAPage = 500;
const keptAnswers = 5;

/**
 * @typedef {object} Kept an answer as far as it was read
 * @property {Hit[]} hits
 * @property {Understood[]} understood
 * @property {Plan} [plan]
 * @property {string[]} notes
 * @property {string | undefined} cursor
 */

/**
 * One search at a time and its answer, page after page. A new search cancels the one under way; an answer that comes late is dropped.
 * Events: `start`, `answer` (new hits from the first), `more` (hits were added), `failed`, `coverage`,
 * `arranged` (the same hits in another order).
 */
export class SearchSession extends EventTarget {
  query = '';
  minScore = 0;
  /** @type {Hit[]} */
  hits = [];
  /** Hits that are put aside. @type {Hit[]} */
  aside = [];
  /** @type {Understood[]} */
  understood = [];
  /** @type {Plan | undefined} */
  plan;
  /** @type {string[]} */
  notes = [];
  /** @type {Coverage | null} */
  coverage = null;
  /** @type {'loading' | 'ready' | 'failed'} */
  phase = 'loading';
  /** @type {api.Problem | null} */
  problem = null;
  /** Whether the hits are still those of an earlier search. */
  stale = false;
  /** @type {string | undefined} */
  #cursor;
  #abort = new AbortController();
  #paging = false;
  /** The hits in the server's order, where they stand in another. @type {Hit[] | null} */
  #plain = null;
  /** @type {Map<string, Kept>} */
  #kept = new Map();

  get hasMore() {
    return this.#cursor !== undefined;
  }

  /** Whether the hits are ordered by relevance, and so have scores. */
  get ranked() {
    return this.hits[0]?.score !== undefined;
  }

  /**
   * Searches.
   * @param {string} query
   * @param {number} minScore
   * @param {{ count?: number, fresh?: boolean }} [wish] how many hits are wanted at once, and whether an answer kept from before will do
   */
  async show(query, minScore, { count = firstPage, fresh = true } = {}) {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    Object.assign(this, { query, minScore, phase: 'loading', problem: null, stale: true });
    this.#paging = false;
    this.dispatchEvent(new Event('start'));
    const kept = fresh ? undefined : this.#kept.get(this.#key);
    if (kept) {
      this.#take(kept);
      return;
    }

    await this.#attempt(signal, async () => {
      const answer = await this.#page(Math.min(mostOfAPage, Math.max(firstPage, count)), undefined, signal);
      performance.mark('answer');
      this.#noteCoverage(answer);
      const hits = answer.results;
      let cursor = cursorOf(answer);
      while (hits.length < count && cursor !== undefined) {
        const further = await this.#page(mostOfAPage, cursor, signal);
        hits.push(...further.results);
        cursor = cursorOf(further);
      }

      this.#take({ hits, understood: answer.understood ?? [], plan: answer.plan, notes: answer.notes ?? [], cursor });
    });
  }

  /** Searches once more, or goes on with an answer when a page of it could not be read. */
  again() {
    if (this.phase === 'failed' && !this.stale) {
      Object.assign(this, { phase: 'ready', problem: null });
      this.dispatchEvent(new Event('start'));
      return this.more();
    }

    this.#kept.clear();
    return this.show(this.query, this.minScore);
  }

  /** Reads the next page, if there is one and it is not being read already. */
  async more() {
    if (this.#cursor === undefined || this.#paging || this.phase !== 'ready') {
      return;
    }

    this.#paging = true;
    const { signal } = this.#abort;
    await this.#attempt(signal, async () => {
      const answer = await this.#page(nextPage, this.#cursor, signal);
      this.hits.push(...answer.results);
      this.#plain?.push(...answer.results);
      this.#cursor = cursorOf(answer);
      this.#paging = false;
      this.#keep();
      this.dispatchEvent(new Event('more'));
    });
  }

  /**
   * Puts the hits into another order, and some of them aside; those that nobody names follow as they were.
   * @param {string[] | null} order ids; null for the server's order
   * @param {string[]} aside ids
   */
  arrange(order, aside) {
    const plain = this.#plain ?? this.hits;
    const byId = new Map(plain.map((hit) => [hit.id, hit]));
    const named = (/** @type {string[]} */ ids) => /** @type {Hit[]} */ (ids.map((id) => byId.get(id)).filter((hit) => hit !== undefined));
    const rest = new Set([...(order ?? []), ...aside]);
    this.#plain = order ? plain : null;
    this.hits = order ? [...named(order), ...plain.filter(({ id }) => !rest.has(id))] : plain;
    this.aside = named(aside);
    this.dispatchEvent(new Event('arranged'));
  }

  get #key() {
    return `${this.minScore} ${this.query}`;
  }

  /**
   * @param {number} limit
   * @param {string | undefined} cursor
   * @param {AbortSignal} signal
   */
  #page(limit, cursor, signal) {
    return api.search({ q: this.query, limit, cursor, minScore: this.minScore || undefined }, signal);
  }

  /** @param {Kept} answer */
  #take({ hits, understood, plan, notes, cursor }) {
    Object.assign(this, { hits, aside: [], understood, plan, notes, phase: 'ready', stale: false });
    this.#plain = null;
    this.#cursor = cursor;
    this.#keep();
    this.dispatchEvent(new Event('answer'));
  }

  #keep() {
    this.#kept.delete(this.#key);
    this.#kept.set(this.#key, { hits: this.#plain ?? this.hits, understood: this.understood, plan: this.plan, notes: this.notes, cursor: this.#cursor });
    if (this.#kept.size > keptAnswers) {
      this.#kept.delete(/** @type {string} */ (this.#kept.keys().next().value));
    }
  }

  /** @param {Answer} answer */
  #noteCoverage(answer) {
    if (answer.coverage) {
      this.coverage = answer.coverage;
      this.dispatchEvent(new Event('coverage'));
    }
  }

  /**
   * @param {AbortSignal} signal
   * @param {() => Promise<void>} work
   */
  async #attempt(signal, work) {
    try {
      await work();
    } catch (error) {
      if (signal.aborted) {
        return;
      }

      this.#paging = false;
      if (!(error instanceof api.Problem)) {
        throw error;
      }

      Object.assign(this, { phase: 'failed', problem: error });
      this.dispatchEvent(new Event('failed'));
    }
  }
}

/** @param {Answer} answer */
const cursorOf = (answer) => (answer.hasMore && answer.results.length > 0 ? answer.nextCursor : undefined);
