/** @import { Judgement, Verdict } from '../types.js' */
/** @import { SearchSession } from '../search-session.js' */
import * as api from '../api.js';
import { ask } from './events.js';

const mostOfAPage = 500;

/**
 * What a model says of the best hits of a search. A new search ends it. Event: `changed`, at each step.
 */
export class Judging extends EventTarget {
  /** @type {'none' | 'asking' | 'judged' | 'failed'} */
  phase = 'none';
  /** By the id of the picture. @type {Map<string, Verdict>} */
  verdicts = new Map();
  /** @type {Judgement | null} */
  judgement = null;
  /** @type {string[]} */
  notes = [];
  #abort = new AbortController();

  /**
   * @param {SearchSession} session
   * @param {number} pictures how many of the best hits are judged
   */
  constructor(session, pictures) {
    super();
    this.session = session;
    this.pictures = pictures;
    session.addEventListener('start', () => this.cancel());
  }

  /** How many hits are judged at all. */
  get total() {
    return Math.min(this.pictures, this.session.hits.length);
  }

  /** Has the hits judged. */
  async judge() {
    this.cancel();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#become('asking');
    const { query, minScore, hits } = this.session;
    const question = { q: query, minScore: minScore || undefined, limit: Math.min(mostOfAPage, hits.length), top: this.pictures };
    try {
      for await (const { name, told } of ask('/api/judge', question, signal)) {
        this.#take(name, told);
      }

      if (this.phase === 'asking') {
        this.#fail(['The answer broke off. Ask again.']);
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }

      if (!(error instanceof api.Problem)) {
        throw error;
      }

      this.#fail([[error.title, error.detail].filter(Boolean).join('. ')]);
    }
  }

  /** Stops the model, and brings the plain order back. */
  cancel() {
    this.#abort.abort();
    if (this.phase !== 'none') {
      this.verdicts = new Map();
      this.#become('none');
    }
  }

  /** @param {string} name @param {any} told */
  #take(name, told) {
    if (name === 'verdict') {
      this.verdicts.set(told.id, told.verdict);
      this.dispatchEvent(new Event('changed'));
    } else if (name === 'order') {
      const { order, dropped, judge } = told;
      // Verdicts of an answer that does not count are taken back.
      this.verdicts = judge.isReordered ? this.verdicts : new Map();
      this.judgement = judge;
      if (judge.isReordered) {
        this.session.arrange(order, dropped);
      }

      this.#become(judge.isReordered ? 'judged' : 'failed', judge.notes);
    } else if (name === 'failed') {
      this.#fail([told.reason]);
    }
  }

  /** @param {string[]} notes */
  #fail(notes) {
    this.verdicts = new Map();
    this.#become('failed', notes);
  }

  /**
   * @param {'none' | 'asking' | 'judged' | 'failed'} phase
   * @param {string[]} notes
   */
  #become(phase, notes = []) {
    Object.assign(this, { phase, notes, judgement: phase === 'judged' ? this.judgement : null });
    this.dispatchEvent(new Event('changed'));
  }
}
