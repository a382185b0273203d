// Puts load on a running server with autocannon and prints what came of it as JSON.
// Arguments: the address of the server, then what to ask for: search, filtered, thumbnails, overload; with :N behind it, N times a second.
import autocannon from "autocannon";

const [address, kindAndRate, seconds = "15"] = process.argv.slice(2);
const [kind, rate] = kindAndRate.split(":");
const clients = 8;
const vocabulary = 5000;
const alphabet = "bcdfghjklmnpqrtvwxz";

// The same questions in every run (mulberry32); words as frequent as in the made-up pictures.
let state = 7;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
function word() {
  let letters = "q";
  for (let number = Math.floor(vocabulary ** random()); number > 0; number = Math.floor(number / alphabet.length)) letters += alphabet[number % alphabet.length];
  return letters;
}
const question = (filter) => ({ method: "GET", path: `/api/search?q=${encodeURIComponent(`${word()} ${word()} ${word()}${filter}`)}` });
// No more than the server remembers the vectors of.
const questions = (filter) => Array.from({ length: 200 }, () => question(filter));

async function thumbnails() {
  const answer = await fetch(new URL("/api/search?q=library:photos&limit=500", address));
  const { results } = await answer.json();
  return results.map((hit) => ({ method: "GET", path: `/api/pictures/${hit.id}/thumbnail?size=320` }));
}

async function run(requests, connections, extent) {
  const times = new Map();
  let started = 0;
  // Each client begins at another question, or all would ask the same at the same time.
  const setupClient = (client) => {
    const from = Math.floor((started++ * requests.length) / connections) % requests.length;
    client.setRequests([...requests.slice(from), ...requests.slice(0, from)]);
  };
  const instance = autocannon({ url: address, connections, requests, setupClient, ...extent });
  instance.on("response", (client, status, bytes, time) => {
    if (!times.has(status)) times.set(status, []);
    times.get(status).push(time);
  });
  const result = await instance;
  return { result, times };
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;

function told({ result, times }) {
  const byStatus = Object.fromEntries([...times].map(([status, values]) => {
    values.sort((a, b) => a - b);
    return [status, { count: values.length, p50: at(values, 0.5), p99: at(values, 0.99), most: at(values, 1) }];
  }));
  return { seconds: result.duration, perSecond: (byStatus[200]?.count ?? 0) / result.duration, errors: result.errors, timeouts: result.timeouts, byStatus };
}

const requests = kind === "thumbnails" ? await thumbnails() : questions(kind === "filtered" ? " type:png after:2020" : "");
// Once each: vectors, words and renditions are there before anything is measured.
await run(requests, 1, { amount: requests.length });
console.log(JSON.stringify(told(await run(requests, kind === "overload" ? 10 * clients : clients, { duration: Number(seconds), ...(rate && { overallRate: Number(rate) }) }))));
