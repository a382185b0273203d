/**
 * The shapes of the API's answers, as docs/api.md describes them.
 *
 * @typedef {{ name: string, share: number }} Colour
 * @typedef {{ signal: string, rank: number, score: number, contribution: number }} Signal
 * @typedef {{ library: string, path: string }} PicturePath
 *
 * @typedef {object} Hit
 * @property {string} id
 * @property {number} [rank] place in the whole answer, from 1
 * @property {number} [score] 0…1; absent where nothing was ranked
 * @property {string} library
 * @property {string} path
 * @property {string} sha256
 * @property {number} bytes
 * @property {string} format
 * @property {number} width upright, in pixels
 * @property {number} height upright, in pixels
 * @property {string} [takenAt]
 * @property {string} [takenAtSource]
 * @property {string} [camera]
 * @property {string} [lens]
 * @property {number} [latitude]
 * @property {number} [longitude]
 * @property {number} [rating]
 * @property {string} [title]
 * @property {string} [description]
 * @property {string} [caption] made by a model
 * @property {string} [captionModel]
 * @property {string} [visibleText] what the model read in it
 * @property {string[]} [tags]
 * @property {Colour[]} [colours]
 * @property {PicturePath[]} [otherPaths]
 * @property {Signal[]} [why]
 *
 * @typedef {{ text: string, kind: string }} Understood
 * @typedef {{ from: string, asTyped: string }} Plan
 * @typedef {{ searchable: number, found: number, failed: number }} Coverage
 *
 * @typedef {object} Answer
 * @property {string} query
 * @property {Understood[]} [understood]
 * @property {Plan} [plan]
 * @property {Hit[]} results
 * @property {boolean} hasMore
 * @property {string} [nextCursor]
 * @property {number} elapsedMilliseconds
 * @property {string[]} [notes]
 * @property {Coverage} [coverage]
 *
 * @typedef {{ value: string, count: number, filter: string }} FacetValue
 * @typedef {{ text: string, kind: string, detail?: string, query: string }} Suggestion
 *
 * @typedef {{ model: string, caption: boolean, captionDollars?: number, askDollars?: number, judge: { pictures: number, dollars?: number } }} Vision what a model can be asked
 * @typedef {{ decision: string, grade: number, reason: string }} Verdict
 * @typedef {{ judged: number, cached: number, cost?: number, isReordered: boolean, notes: string[] }} Judgement
 *
 * @typedef {object} PageState what the address says
 * @property {string} query
 * @property {number} minScore 0 where there is none
 * @property {string} picture id of the picture in the viewer, or empty
 * @property {boolean} judge whether the hits were judged
 */

export {};
