// Drives FakeQdrant with the official client: what this client sends and accepts, the stand-in understands and says as the server would.
// Started by the C# tests, which run the servers and name them in the environment.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { QdrantClient } from "@qdrant/js-client-rest";

const url = process.env.FAKE_QDRANT;
const client = new QdrantClient({ url });
const api = (path, options) => fetch(new URL(path, url), options);
const send = (method, path, body) =>
  api(path, { method, headers: { "content-type": "application/json" }, body: typeof body === "string" ? body : JSON.stringify(body) });
const fail = (fault) => send("POST", "/_fake/faults", fault);
const ids = (points) => points.map((point) => point.id);
const near = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-5, `${actual} is not ${expected}`);

async function refused(call, status, text) {
  await assert.rejects(call, (error) => {
    const message = error.data?.status?.error ?? error.message;
    assert.equal(error.status, status, message);
    assert.match(message, text);
    return true;
  });
}

async function fresh(name, config = { vectors: { size: 2, distance: "Dot" } }) {
  await client.deleteCollection(name);
  await client.createCollection(name, config);
}

const people = [
  { id: 1, name: "Ann", age: 20, count: [5, 1], tags: ["a", "b"], at: "2024-01-01T00:00:00Z", place: { lon: 13.4, lat: 52.5 }, note: "A quick brown fox", pets: [{ kind: "cat", age: 3 }, { kind: "dog", age: 9 }] },
  { id: 2, name: "Bob", age: 30.5, count: 3, tags: ["b"], at: "2024-06-01T12:00:00+02:00", place: { lon: 2.35, lat: 48.86 }, note: "the lazy dog", pets: [{ kind: "cat", age: 9 }] },
  { id: 3, name: "Cid", age: 40, tags: [], at: "2025-01-01", place: null, note: "quick thinking", ok: true },
  { id: 4, name: "Dot", age: 50, ok: false },
];
const peopleVectors = [[1, 0], [0.8, 0.6], [0, 1], [-1, 0]];

async function freshPeople() {
  await fresh("people", { vectors: { face: { size: 2, distance: "Cosine" } }, sparse_vectors: { words: { modifier: "idf" } } });
  for (const [field_name, field_schema] of [["name", "keyword"], ["age", "float"], ["ok", "bool"], ["at", "datetime"], ["tags", "keyword"], ["place", "geo"],
    ["note", { type: "text", tokenizer: "word", lowercase: true, phrase_matching: true }], ["pets[].kind", "keyword"], ["count", "integer"], ["uid", { type: "uuid", is_tenant: true }]]) {
    assert.equal((await client.createPayloadIndex("people", { field_name, field_schema, wait: true })).status, "completed");
  }
  const words = [{ indices: [7, 1], values: [1, 1] }, { indices: [1], values: [2] }, { indices: [9], values: [1] }];
  const points = people.map(({ id, ...payload }, i) => ({ id, payload, vector: { face: peopleVectors[i], ...(words[i] && { words: words[i] }) } }));
  await client.upsert("people", { wait: true, points });
}

beforeEach(() => api("/_fake/faults", { method: "DELETE" }));

describe("service", () => {
  test("says its version and its health", async () => {
    assert.equal((await client.versionInfo()).version, "1.19.0");
    for (const [path, text] of [["/healthz", /passed/], ["/livez", /passed/], ["/readyz", /ready/], ["/metrics", /app_info/]]) {
      const answer = await api(path);
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), text);
    }
  });

  test("an unknown route is an empty 404", async () => {
    const answer = await fetch(new URL("/collections/x/points/nothing", process.env.FAKE_QDRANT_OLD), { method: "POST" });
    assert.deepEqual([answer.status, await answer.text()], [404, ""]);
  });
});

describe("collections", () => {
  const config = {
    vectors: { image: { size: 4, distance: "Cosine", memory: "cold", datatype: "float16" } },
    sparse_vectors: { words: { modifier: "idf" } },
    quantization_config: { turbo: { bits: "bits4", memory: "pinned" } },
    hnsw_config: { ef_construct: 128 }, optimizers_config: { max_segment_size: 5000000 },
    shard_number: 2, replication_factor: 1, metadata: { model: "titan", dimension: 4 },
  };

  test("are created, described, changed and deleted", async () => {
    await client.deleteCollection("c");
    assert.equal((await client.collectionExists("c")).exists, false);
    assert.equal(await client.createCollection("c", { ...config, payload: { memory: "cold" } }), true);
    assert.equal((await client.collectionExists("c")).exists, true);
    assert.ok((await client.getCollections()).collections.some((item) => item.name === "c"));
    await client.updateCollection("c", { metadata: { model: null, version: "2" }, hnsw_config: { m: 32 }, strict_mode_config: { enabled: false, max_query_limit: 5 } });
    const info = await client.getCollection("c");
    assert.equal(info.status, "green");
    assert.equal(info.points_count, 0);
    assert.deepEqual(info.config.params.vectors, config.vectors);
    assert.deepEqual(info.config.params.sparse_vectors, config.sparse_vectors);
    assert.equal(info.config.params.shard_number, 2);
    assert.deepEqual(info.config.quantization_config, config.quantization_config);
    assert.deepEqual([info.config.hnsw_config.m, info.config.hnsw_config.ef_construct], [32, 128]);
    assert.deepEqual(info.config.metadata, { dimension: 4, version: "2" });
    await client.updateCollection("c", { quantization_config: "Disabled" });
    assert.equal((await client.getCollection("c")).config.quantization_config, null);
    assert.equal((await client.collectionClusterInfo("c")).local_shards[0].state, "Active");
    assert.deepEqual((await client.getOptimizations("c")).running, []);
    assert.deepEqual([await client.deleteCollection("c"), await client.deleteCollection("c")], [true, false]);
  });

  test("take and lose vectors while they live", async () => {
    await fresh("v");
    await client.createVectorName("v", "words", { sparse: { modifier: "idf" } }, { wait: true });
    await client.upsert("v", { wait: true, points: [{ id: 1, vector: { "": [1, 2], words: { indices: [5, 2], values: [1, 3] } } }] });
    const [point] = await client.retrieve("v", { ids: [1], with_vector: true });
    assert.deepEqual(point.vector, { "": [1, 2], words: { indices: [2, 5], values: [3, 1] } });
    await client.deleteVectorName("v", "words", { wait: true });
    assert.deepEqual((await client.retrieve("v", { ids: [1], with_vector: true }))[0].vector, [1, 2]);
  });

  test("aliases switch in one step or not at all", async () => {
    await fresh("blue");
    await fresh("green");
    await client.updateCollectionAliases({ actions: [{ create_alias: { alias_name: "live", collection_name: "blue" } }] });
    await client.upsert("live", { wait: true, points: [{ id: 1, vector: [1, 1] }] });
    assert.equal((await client.count("blue")).count, 1);
    await client.updateCollectionAliases({ actions: [{ delete_alias: { alias_name: "live" } }, { create_alias: { alias_name: "live", collection_name: "green" } }] });
    assert.equal((await client.count("live")).count, 0);
    assert.deepEqual((await client.getCollectionAliases("green")).aliases, [{ alias_name: "live", collection_name: "green" }]);
    await refused(client.updateCollectionAliases({ actions: [{ delete_alias: { alias_name: "live" } }, { create_alias: { alias_name: "x", collection_name: "none" } }] }), 404, /`none` doesn't exist/);
    await client.updateCollectionAliases({ actions: [{ rename_alias: { old_alias_name: "live", new_alias_name: "now" } }] });
    assert.deepEqual(ids((await client.getAliases()).aliases.map((alias) => ({ id: alias.alias_name }))), ["now"]);
    await refused(client.updateCollectionAliases({ actions: [{ create_alias: { alias_name: "blue", collection_name: "green" } }] }), 409, /`blue` already exists/);
    await refused(client.createCollection("now", { vectors: { size: 1, distance: "Dot" } }), 400, /Alias with the same name/);
    await client.deleteCollection("green");
    assert.deepEqual((await client.getAliases()).aliases, []);
  });

  test("refuse what cannot be", async () => {
    await fresh("once");
    await refused(client.createCollection("once", { vectors: { size: 2, distance: "Dot" } }), 409, /^Wrong input: Collection `once` already exists!$/);
    await refused(client.getCollection("none"), 404, /^Not found: Collection `none` doesn't exist!$/);
    await refused(client.createCollection("big", { vectors: { size: 65537, distance: "Dot" } }), 422, /value 65537 invalid, must be from 1 to 65536/);
    await refused(client.createCollection("odd", { vectors: { size: 2, distance: "Dot" }, hnsw_config: { ef_construct: 0 } }), 422, /hnsw_config.ef_construct: value 0 invalid/);
    await refused(client.createCollection("odd", { vectors: { size: 2, distance: "Dot" }, timeout: 0 }), 422, /timeout: value 0 invalid/);
    await refused(client.createCollection("odd", { vectors: { size: 2, distance: "Near" } }), 400, /^Format error in JSON body: .*Near/);
    await refused(client.createCollection("odd", { vectors: { size: 2, distance: "Dot" }, quantization_config: { none: {} } }), 400, /untagged enum QuantizationConfig/);
    await refused(client.createCollection("a*b", { vectors: { size: 2, distance: "Dot" } }), 422, /a\*b/);
    await refused(client.createPayloadIndex("once", { field_name: "x", field_schema: "number" }), 400, /PayloadFieldSchema/);
  });

  test("forget an index", async () => {
    await fresh("i");
    await client.createPayloadIndex("i", { field_name: "x", field_schema: "keyword", wait: true });
    assert.equal((await client.getCollection("i")).payload_schema.x.data_type, "keyword");
    await client.deletePayloadIndex("i", "x", { wait: true });
    assert.deepEqual((await client.getCollection("i")).payload_schema, {});
  });
});

describe("points", () => {
  beforeEach(() => fresh("p"));
  const payloadOf = async (id) => (await client.retrieve("p", { ids: [id] }))[0].payload;

  test("are written as a list or in columns, whole, and read as asked", async () => {
    assert.equal((await client.upsert("p", { wait: false, points: [{ id: 1, vector: [1, 2], payload: { a: { b: 1, c: 2 }, d: 3 } }] })).status, "acknowledged");
    assert.equal((await client.upsert("p", { wait: true, batch: { ids: [2, "0F0F0F0F-0000-4000-8000-000000000001"], vectors: [[3, 4], [5, 6]], payloads: [{ x: 1 }, null] } })).status, "completed");
    const read = await client.retrieve("p", { ids: [2, "0f0f0f0f-0000-4000-8000-000000000001", 99], with_vector: true });
    assert.deepEqual(read, [{ id: 2, payload: { x: 1 }, vector: [3, 4] }, { id: "0f0f0f0f-0000-4000-8000-000000000001", payload: {}, vector: [5, 6] }]);
    const select = async (with_payload) => (await client.retrieve("p", { ids: [1], with_payload }))[0].payload;
    assert.deepEqual(await select(["a.b"]), { a: { b: 1 } });
    assert.deepEqual(await select({ exclude: ["a.b"] }), { a: { c: 2 }, d: 3 });
    assert.equal(await select(false), undefined);
    await client.upsert("p", { wait: true, points: [{ id: 1, vector: [1, 2] }] });
    assert.deepEqual(await payloadOf(1), {});
  });

  test("numbers of 64 bits come back as they went", async () => {
    await send("PUT", "/collections/p/points?wait=true", '{"points":[{"id":18446744073709551615,"vector":[1,1],"payload":{"n":9007199254740993}}]}');
    assert.match(await (await api("/collections/p/points/18446744073709551615")).text(), /"id":18446744073709551615.*9007199254740993/);
  });

  test("are only added, only changed, or changed on a condition", async () => {
    const put = (update) => client.api().upsertPoints({ collection_name: "p", wait: true, points: [{ id: 1, vector: [1, 1], payload: { v: 2 } }], ...update });
    await put({ update_mode: "update_only" });
    assert.equal((await client.count("p")).count, 0);
    await client.upsert("p", { wait: true, points: [{ id: 1, vector: [0, 0], payload: { v: 1 } }] });
    await put({ update_mode: "insert_only" });
    await put({ update_filter: { must: [{ key: "v", match: { value: 7 } }] } });
    assert.deepEqual(await payloadOf(1), { v: 1 });
    await put({ update_filter: { must: [{ key: "v", match: { value: 1 } }] } });
    assert.deepEqual(await payloadOf(1), { v: 2 });
  });

  test("payloads are merged, replaced, cut and cleared", async () => {
    await client.upsert("p", { wait: true, points: [1, 2].map((id) => ({ id, vector: [1, 1], payload: { a: 1, deep: { x: 1 } } })) });
    await client.setPayload("p", { wait: true, points: [1], payload: { b: 2 } });
    await client.setPayload("p", { wait: true, points: [1], payload: { y: 2 }, key: "deep" });
    assert.deepEqual(await payloadOf(1), { a: 1, deep: { x: 1, y: 2 }, b: 2 });
    await client.deletePayload("p", { wait: true, filter: { must: [{ key: "b", match: { value: 2 } }] }, keys: ["deep.x", "a"] });
    assert.deepEqual(await payloadOf(1), { deep: { y: 2 }, b: 2 });
    await client.overwritePayload("p", { wait: true, points: [1], payload: { only: true } });
    assert.deepEqual(await payloadOf(1), { only: true });
    await client.clearPayload("p", { wait: true, points: [1] });
    assert.deepEqual([await payloadOf(1), await payloadOf(2)], [{}, { a: 1, deep: { x: 1 } }]);
    await refused(client.setPayload("p", { points: [9], payload: {} }), 404, /^Not found: No point with id 9 found$/);
  });

  test("vectors are changed and taken away, points deleted", async () => {
    await client.upsert("p", { wait: true, points: [1, 2, 3].map((id) => ({ id, vector: [1, 1], payload: { id } })) });
    await client.updateVectors("p", { wait: true, points: [{ id: 1, vector: [5, 5] }] });
    assert.deepEqual((await client.retrieve("p", { ids: [1], with_vector: true }))[0].vector, [5, 5]);
    await client.deleteVectors("p", { wait: true, points: [1], vector: [""] });
    assert.deepEqual(ids((await client.query("p", { query: [1, 1] })).points), [2, 3]);
    await client.delete("p", { wait: true, points: [1, 77] });
    await client.delete("p", { wait: true, filter: { must: [{ key: "id", range: { gte: 3 } }] } });
    assert.deepEqual(ids((await client.scroll("p", {})).points), [2]);
  });

  test("many operations go in one call", async () => {
    const results = await client.batchUpdate("p", { wait: true, operations: [
      { upsert: { points: [{ id: 1, vector: [1, 1], payload: { a: 1 } }, { id: 2, vector: [2, 2] }] } },
      { set_payload: { payload: { b: 1 }, points: [1] } }, { overwrite_payload: { payload: { c: 1 }, points: [2] } },
      { delete_payload: { keys: ["a"], points: [1] } }, { update_vectors: { points: [{ id: 2, vector: [3, 3] }] } },
      { clear_payload: { points: [2] } }, { delete_vectors: { vector: [""], points: [2] } }, { delete: { points: [2] } },
    ] });
    assert.equal(results.length, 8);
    assert.deepEqual((await client.scroll("p", {})).points, [{ id: 1, payload: { b: 1 } }]);
  });

  test("are refused where they do not fit", async () => {
    const put = (point) => client.upsert("p", { wait: true, points: [{ id: 1, ...point }] });
    await refused(put({ vector: [1, 2, 3] }), 400, /^Wrong input: Vector dimension error: expected dim: 2, got 3$/);
    await refused(put({ vector: { foo: [1, 2] } }), 400, /^Wrong input: Not existing vector name error: foo$/);
    await refused(put({}), 400, /^Format error in JSON body: missing field `vector`/);
    await refused(put({ vector: ["x", 1] }), 400, /^Format error in JSON body/);
    await refused(put({ id: "abc", vector: [1, 2] }), 400, /is not a valid point ID/);
    await refused(put({ id: -1, vector: [1, 2] }), 400, /is not a valid point ID/);
    await refused(client.scroll("p", { limit: 0 }), 422, /value 0 invalid, must be 1 or larger/);
    assert.equal((await send("PUT", "/collections/p/points", '{"points":')).status, 400);
    assert.equal((await api("/collections/p/points/5")).status, 404);
    assert.equal((await client.count("p")).count, 0);
  });

  test("a body above the server's limit is a 400 that names it", async () => {
    await refused(client.upsert("p", { points: [{ id: 1, vector: [1, 2], payload: { text: "x".repeat(33554432) } }] }), 400, /^JSON payload \(\d+ bytes\) is larger than allowed \(limit: 33554432 bytes\)/);
  });
});

describe("filters", () => {
  before(freshPeople);
  const key = (name, condition) => ({ must: [{ key: name, ...condition }] });
  const cases = [
    [{ must: { key: "name", match: { value: "Ann" } } }, [1]],
    [key("ok", { match: { value: true } }), [3]],
    [key("age", { match: { value: 40 } }), [3]],
    [key("name", { match: { any: ["Ann", "Dot"] } }), [1, 4]],
    [key("name", { match: { except: ["Ann", "Dot"] } }), [2, 3]],
    [key("name", { match: { prefix: "B" } }), [2]],
    [key("tags", { match: { value: "b" } }), [1, 2]],
    [key("note", { match: { text: "QUICK fox" } }), [1]],
    [key("note", { match: { text_any: "fox thinking" } }), [1, 3]],
    [key("note", { match: { phrase: "lazy dog" } }), [2]],
    [key("note", { match: { phrase: "dog lazy" } }), []],
    [key("age", { range: { gt: 20, lte: 40 } }), [2, 3]],
    [key("at", { range: { gte: "2024-06-01T10:00:00Z", lt: "2025-01-01T00:00:00Z" } }), [2]],
    [key("place", { geo_radius: { center: { lon: 13.4, lat: 52.52 }, radius: 5000 } }), [1]],
    [key("place", { geo_bounding_box: { top_left: { lon: 0, lat: 50 }, bottom_right: { lon: 5, lat: 45 } } }), [2]],
    [key("tags", { values_count: { gte: 1, lt: 2 } }), [2]],
    [{ must: [{ is_empty: { key: "tags" } }] }, [3, 4]],
    [{ must: [{ is_null: { key: "place" } }] }, [3]],
    [key("place", { is_empty: false }), [1, 2]],
    [{ must: [{ has_id: [4, 2, 99] }] }, [2, 4]],
    [{ must: [{ has_vector: "words" }] }, [1, 2, 3]],
    [key("pets[].kind", { match: { value: "dog" } }), [1]],
    [{ must: [{ nested: { key: "pets", filter: { must: [{ key: "kind", match: { value: "cat" } }, { key: "age", range: { gt: 5 } }] } } }] }, [2]],
    [{ should: [{ key: "name", match: { value: "Ann" } }, { key: "age", range: { gt: 45 } }] }, [1, 4]],
    [{ must_not: [{ key: "tags", match: { value: "b" } }] }, [3, 4]],
    [{ min_should: { min_count: 2, conditions: [{ key: "age", range: { lt: 45 } }, { key: "ok", match: { value: true } }, { key: "tags", match: { value: "a" } }] } }, [1, 3]],
    [{ must: [{ should: [{ has_id: [1] }, { has_id: [2] }] }, { must_not: [{ has_id: [1] }] }] }, [2]],
  ];
  for (const [filter, expected] of cases) {
    test(JSON.stringify(filter), async () => {
      assert.deepEqual(ids((await client.scroll("people", { filter })).points), expected);
      assert.equal((await client.count("people", { filter, exact: true })).count, expected.length);
    });
  }

  test("deny what they do not know", async () => {
    for (const filter of [{ musst: [] }, { must: [{ has_ids: [1] }] }, { must: [{ key: "name", match: { is: 1 } }] }, { must: [{ key: "age", match: { value: 1.5 } }] }]) {
      await refused(client.scroll("people", { filter }), 400, /^Format error in JSON body/);
    }
    await refused(client.count("people", { filter: { must: [{ key: "name" }] } }), 422, /At least one field condition/);
  });
});

describe("reading", () => {
  before(freshPeople);

  test("scroll pages by ids and by a field", async () => {
    const first = await client.scroll("people", { limit: 3, with_payload: ["name"] });
    assert.deepEqual(first.points.map((point) => point.payload.name), ["Ann", "Bob", "Cid"]);
    assert.equal(first.next_page_offset, 4);
    const last = await client.scroll("people", { limit: 3, offset: first.next_page_offset });
    assert.deepEqual([ids(last.points), last.next_page_offset], [[4], null]);
    const ordered = await client.scroll("people", { order_by: { key: "age", direction: "desc", start_from: 40 }, limit: 2 });
    assert.deepEqual(ordered.points.map((point) => point.order_value), [40, 30.5]);
    const dated = await client.scroll("people", { order_by: { key: "at", start_from: "2024-06-01T00:00:00Z" } });
    assert.deepEqual([ids(dated.points), dated.points[0].order_value, dated.next_page_offset], [[2, 3], Date.parse("2024-06-01T10:00:00Z") * 1000, null]);
    const repeated = await client.scroll("people", { order_by: "count" });
    assert.deepEqual(repeated.points.map((point) => [point.id, point.order_value]), [[1, 1], [2, 3], [1, 5]]);
    await refused(client.scroll("people", { order_by: "name" }), 400, /No range index for `order_by` key: `name`/);
    await refused(client.scroll("people", { order_by: "age", offset: 2 }), 400, /Cannot use an `offset`/);
  });

  test("facets count values, with an index only", async () => {
    assert.deepEqual((await client.facet("people", { key: "tags" })).hits, [{ value: "b", count: 2 }, { value: "a", count: 1 }]);
    assert.deepEqual((await client.facet("people", { key: "ok", exact: true, filter: { must_not: [{ has_id: [3] }] } })).hits, [{ value: false, count: 1 }]);
    await refused(client.facet("people", { key: "nothing" }), 400, /^Wrong input: No appropriate index for faceting: `nothing`/);
  });
});

describe("queries", () => {
  before(freshPeople);
  const query = async (body) => (await client.query("people", { using: "face", ...body })).points;

  test("nearest by vector, cut by threshold, offset and limit", async () => {
    const points = await query({ query: [2, 0], with_vector: ["face"] });
    assert.deepEqual(ids(points), [1, 2, 3, 4]);
    points.forEach((point, i) => near(point.score, [1, 0.8, 0, -1][i]));
    assert.deepEqual([points[0].vector, points[0].payload], [{ face: [1, 0] }, undefined]);
    assert.deepEqual(ids(await query({ query: { nearest: [2, 0] }, score_threshold: 0.5 })), [1, 2]);
    assert.deepEqual(ids(await query({ query: [2, 0], offset: 1, limit: 2, params: { exact: true, hnsw_ef: 64, quantization: { rescore: true, oversampling: 2 } } })), [2, 3]);
  });

  test("nearest by id leaves the point out", async () => {
    assert.deepEqual(ids(await query({ query: 1 })), [2, 3, 4]);
    assert.deepEqual(ids(await query({ query: 1, lookup_from: { collection: "people", vector: "face" } })), [2, 3, 4]);
    await refused(query({ query: 99 }), 404, /^Not found: No point with id 99 found$/);
  });

  test("sparse vectors count shared words by their rarity", async () => {
    const points = await query({ using: "words", query: { indices: [1, 7], values: [1, 1] } });
    const idf = (containing) => Math.log((3 - containing + 0.5) / (containing + 0.5) + 1);
    assert.deepEqual(ids(points), [1, 2]);
    near(points[0].score, idf(2) + idf(1));
    near(points[1].score, 2 * idf(2));
  });

  test("recommendations by examples for and against", async () => {
    const recommend = async (input) => query({ query: { recommend: input } });
    near((await recommend({ positive: [1], negative: [3] })).find((point) => point.id === 2).score, (2 * 0.8 - 0.6) / Math.hypot(2, -1));
    const best = await recommend({ positive: [1], negative: [3], strategy: "best_score" });
    assert.deepEqual(ids(best), [2, 4]);
    near(best[0].score, 0.5 * (0.8 / 1.8 + 1));
    near((await recommend({ negative: [[1, 0]], strategy: "sum_scores" })).find((point) => point.id === 4).score, 1);
    await refused(recommend({ negative: [1] }), 400, /^Bad request: /);
  });

  test("fusion by rank and by distribution", async () => {
    const prefetch = [{ query: [1, 0], using: "face", limit: 2 }, { query: { indices: [1], values: [1] }, using: "words", limit: 5 }];
    const fuse = (fusion) => query({ prefetch, query: fusion });
    const rrf = await fuse({ fusion: "rrf" });
    assert.deepEqual(ids(rrf), [1, 2]);
    near(rrf[0].score, 1 / 2 + 1 / 3);
    near((await fuse({ rrf: { k: 60, weights: [3, 1] } })).find((point) => point.id === 1).score, 1 / (1 / 3 + 59) + 1 / (2 + 59));
    near((await fuse({ fusion: "dbsf" }))[0].score, 1);
    assert.deepEqual(ids(await query({ prefetch, query: { fusion: "rrf" }, filter: { must: [{ has_id: [2] }] } })), [2]);
    assert.deepEqual(ids(await query({ prefetch: { query: [1, 0], using: "face", limit: 2 }, query: [0, 1] })), [2, 1]);
    await refused(query({ query: { fusion: "rrf" } }), 400, /^Bad request: /);
    await refused(fuse({ rrf: { weights: [1] } }), 400, /Number of weights/);
    await refused(query({ prefetch }), 400, /A query is needed to merge the prefetches/);
    await refused(query({ score_threshold: 1 }), 400, /A query is needed to use the score_threshold/);
  });

  test("diversity prefers what is unlike", async () => {
    const mmr = (diversity) => query({ query: { nearest: [1, 0.1], mmr: { diversity, candidates_limit: 4 } }, limit: 2 });
    assert.deepEqual(ids(await mmr(0)), [1, 2]);
    assert.deepEqual(ids(await mmr(1)), [1, 4]);
    await refused(query({ query: { nearest: [1, 0], mmr: { candidates_limit: 16385 } } }), 422, /16385/);
  });

  test("order, chance and no question at all", async () => {
    assert.deepEqual(ids(await query({ query: { order_by: { key: "age", direction: "desc" } }, limit: 2 })), [4, 3]);
    assert.deepEqual(ids(await query({ query: { sample: "random" } })).sort(), [1, 2, 3, 4]);
    assert.deepEqual(ids(await query({ filter: { must: [{ has_id: [3, 2] }] } })), [2, 3]);
    await refused(query({ query: { order_by: "age" }, score_threshold: 1 }), 400, /Can't use score_threshold with an order_by query/);
  });

  test("batches and groups", async () => {
    const batch = await client.queryBatch("people", { searches: [{ query: [1, 0], using: "face", limit: 1 }, { query: 3, using: "face", limit: 1 }] });
    assert.deepEqual(batch.map((result) => ids(result.points)), [[1], [2]]);
    await fresh("labels");
    await client.upsert("labels", { wait: true, points: [{ id: 40, vector: [0, 0], payload: { label: "forty" } }] });
    const { groups } = await client.queryGroups("people", { query: [1, 0], using: "face", group_by: "tags", group_size: 1, limit: 5 });
    assert.deepEqual(groups.map((group) => [group.id, ids(group.hits)]), [["a", [1]], ["b", [1]]]);
    const aged = await client.queryGroups("people", { query: [0, 1], using: "face", group_by: "age", limit: 1, with_payload: true, with_lookup: { collection: "labels", with_payload: true, with_vectors: false } });
    assert.deepEqual([aged.groups[0].id, aged.groups[0].lookup.payload, aged.groups[0].hits[0].payload.name], [40, { label: "forty" }, "Cid"]);
    await refused(client.queryGroups("people", { query: [0, 1], using: "face", group_by: "age", with_lookup: "none" }), 404, /Collection none not found/);
  });

  test("distances are better when they are smaller", async () => {
    for (const [distance, expected] of [["Euclid", [0, Math.SQRT2, 5]], ["Manhattan", [0, 2, 7]]]) {
      await fresh("d", { vectors: { size: 2, distance } });
      await client.upsert("d", { wait: true, points: [{ id: 1, vector: [3, 4] }, { id: 2, vector: [0, 0] }, { id: 3, vector: [1, 1] }] });
      const { points } = await client.query("d", { query: [0, 0] });
      assert.deepEqual(ids(points), [2, 3, 1]);
      points.forEach((point, i) => near(point.score, expected[i]));
      assert.deepEqual(ids((await client.query("d", { query: [0, 0], score_threshold: 2.5 })).points), [2, 3]);
    }
  });

  test("are refused where they do not fit", async () => {
    await refused(query({ query: [1, 2, 3] }), 400, /expected dim: 2, got 3/);
    await refused(query({ using: "none", query: [1, 2] }), 400, /Not existing vector name error: none/);
    await refused(query({ using: "words", query: [1, 2] }), 400, /Conversion between sparse and regular vectors failed/);
    await refused(query({ query: [1, 0], with_payload: { includes: ["a"] } }), 400, /unknown field `includes`/);
    await refused(query({ query: [1, 0], limit: 0 }), 422, /must be 1 or larger/);
  });
});

describe("strict mode", () => {
  const limits = { enabled: true, max_query_limit: 5, max_timeout: 9, unindexed_filtering_retrieve: false, unindexed_filtering_update: false,
    search_max_hnsw_ef: 64, search_allow_exact: false, search_max_oversampling: 2, upsert_max_batchsize: 2, search_max_batchsize: 1, max_points_count: 2,
    filter_max_conditions: 2, max_payload_index_count: 1 };
  before(async () => {
    await fresh("s", { vectors: { size: 2, distance: "Dot" }, strict_mode_config: limits });
    await client.createPayloadIndex("s", { field_name: "known", field_schema: "keyword", wait: true });
    await client.upsert("s", { wait: true, points: [1, 2].map((id) => ({ id, vector: [id, 0], payload: { known: "x" } })) });
  });
  const unknown = { must: [{ key: "unknown", match: { value: "x" } }] };
  const breaches = {
    "the limit of a query": [() => client.query("s", { query: [1, 0], limit: 6 }), /Limit exceeded 6 > 5 for "limit"/],
    "the limit of a prefetch": [() => client.query("s", { query: [1, 0], limit: 1, prefetch: { query: [1, 0], limit: 6 } }), /6 > 5/],
    "the default limit": [() => client.scroll("s", {}), /10 > 5/],
    "the timeout": [() => client.query("s", { query: [1, 0], limit: 1, timeout: 10 }), /"timeout"/],
    "a filter without an index": [() => client.scroll("s", { limit: 1, filter: unknown }), /Index required but not found for "unknown"/],
    "a deletion without an index": [() => client.delete("s", { filter: unknown }), /Index required but not found for "unknown"/],
    "hnsw_ef": [() => client.query("s", { query: [1, 0], limit: 1, params: { hnsw_ef: 65 } }), /"hnsw_ef"/],
    "exact": [() => client.query("s", { query: [1, 0], limit: 1, params: { exact: true } }), /Exact search disabled!/],
    "oversampling": [() => client.query("s", { query: [1, 0], limit: 1, params: { quantization: { oversampling: 2.5 } } }), /"oversampling"/],
    "the size of an upsert": [() => client.upsert("s", { points: [1, 2, 3].map((id) => ({ id, vector: [0, 0] })) }), /upsert limit/],
    "the number of points": [() => client.upsert("s", { points: [{ id: 3, vector: [0, 0] }] }), /Max points count/],
    "the size of a batch": [() => client.queryBatch("s", { searches: [{ limit: 1 }, { limit: 1 }] }), /search batch size/],
    "the number of conditions": [() => client.count("s", { filter: { must: [1, 2, 3].map((id) => ({ has_id: [id] })) } }), /Filter condition limit reached \(3 > 2\)/],
    "the number of indexes": [() => client.createPayloadIndex("s", { field_name: "more", field_schema: "bool" }), /maximum number of payload indices/],
  };
  for (const [what, [call, text]] of Object.entries(breaches)) {
    test(`refuses ${what}`, () => refused(call(), 400, new RegExp(`^Bad request: .*${text.source}.*Help: `)));
  }

  test("lets pass what keeps to it", async () => {
    assert.equal((await client.query("s", { query: [1, 0], limit: 5, filter: { must: [{ key: "known", match: { value: "x" } }] }, timeout: 9 })).points.length, 2);
  });
});

describe("snapshots", () => {
  test("are made, listed, downloaded, recovered and deleted", async () => {
    await freshPeople();
    const snapshot = await client.createSnapshot("people");
    assert.deepEqual(await client.listSnapshots("people"), [snapshot]);
    const location = new URL(`/collections/people/snapshots/${snapshot.name}`, url).href;
    const bytes = await (await fetch(location)).arrayBuffer();
    assert.equal(bytes.byteLength, snapshot.size);
    await client.delete("people", { wait: true, points: [1, 2] });
    await refused(client.recoverSnapshot("people", { location, checksum: "00" }), 400, /checksum/);
    assert.equal(await client.recoverSnapshot("people", { location, checksum: snapshot.checksum, priority: "snapshot" }), true);
    assert.equal((await client.count("people")).count, 4);
    await client.deleteCollection("copy");
    const form = new FormData();
    form.append("snapshot", new Blob([bytes]));
    assert.equal((await api("/collections/copy/snapshots/upload?priority=snapshot", { method: "POST", body: form })).status, 200);
    assert.deepEqual(await client.scroll("copy", { with_vector: true }), await client.scroll("people", { with_vector: true }));
    assert.equal((await send("POST", "/collections/people/snapshots?wait=false")).status, 202);
    await client.deleteSnapshot("people", snapshot.name);
    assert.equal((await client.listSnapshots("people")).length, 1);
    assert.equal((await fetch(location)).status, 404);
  });
});

describe("keys", () => {
  const keyed = (apiKey) => new QdrantClient({ url: process.env.FAKE_QDRANT_KEYED, apiKey, checkCompatibility: false });

  test("none and a wrong one are told in plain text", async () => {
    for (const [headers, text] of [[{}, "Must provide an API key or an Authorization bearer token"], [{ "api-key": "wrong" }, "Invalid API key or JWT"]]) {
      const answer = await fetch(new URL("/collections", process.env.FAKE_QDRANT_KEYED), { headers });
      assert.deepEqual([answer.status, await answer.text()], [401, text]);
    }
    await assert.rejects(keyed("wrong").getCollections());
    assert.equal((await fetch(new URL("/readyz", process.env.FAKE_QDRANT_KEYED))).status, 200);
  });

  test("one writes, one only reads", async () => {
    await keyed("secret").createCollection("k", { vectors: { size: 1, distance: "Dot" } });
    assert.equal((await keyed("read-only").count("k")).count, 0);
    await refused(keyed("read-only").deleteCollection("k"), 403, /^Forbidden: /);
    const bearer = await fetch(new URL("/collections", process.env.FAKE_QDRANT_KEYED), { headers: { authorization: "Bearer secret" } });
    assert.equal(bearer.status, 200);
  });
});

describe("an old server", () => {
  const old = new QdrantClient({ url: process.env.FAKE_QDRANT_OLD, checkCompatibility: false });

  test("reads past what it does not know, and refuses what it cannot read", async () => {
    assert.equal((await old.versionInfo()).version, "1.15.0");
    await old.createCollection("o", { vectors: { size: 2, distance: "Dot", memory: "cold" }, metadata: { a: 1 }, hnsw_config: { memory: "cold" } });
    const { config } = await old.getCollection("o");
    assert.deepEqual([config.params.vectors, config.metadata, config.hnsw_config.memory], [{ size: 2, distance: "Dot" }, undefined, undefined]);
    await refused(old.createCollection("t", { vectors: { size: 2, distance: "Dot" }, quantization_config: { turbo: {} } }), 400, /QuantizationConfig/);
    await refused(old.scroll("o", { filter: { must: [{ key: "a", match: { prefix: "x" } }] } }), 400, /untagged enum Match/);
  });
});

describe("faults", () => {
  before(() => fresh("f"));
  const put = (id) => client.upsert("f", { wait: true, points: [{ id, vector: [1, 1] }] });
  const has = async (id) => (await client.retrieve("f", { ids: [id] })).length === 1;

  test("too many calls, with and without a time to wait", async () => {
    await fail({ kind: "Error", status: 429, message: "Rate limiting exceeded: x", retryAfter: "7" });
    await assert.rejects(put(1), (error) => error.retry_after === 7);
    await fail({ kind: "Error", status: 429, message: "Rate limiting exceeded: x" });
    await refused(put(1), 429, /^Rate limiting exceeded/);
    assert.equal(await has(1), false);
  });

  test("errors befall the operation that they are meant for, as often as they are meant to", async () => {
    await fail({ kind: "Error", status: 503, message: "Shard temporarily unavailable: x", operation: "upsert_points", after: 1, times: 2 });
    await put(2);
    await refused(put(3), 503, /^Shard temporarily unavailable/);
    await refused(put(3), 503, /^Shard temporarily unavailable/);
    await put(3);
    await fail({ kind: "Error", status: 507, message: "Insufficient storage: x", onlyWrites: true, times: 9 });
    assert.equal(await has(3), true);
    await refused(put(4), 507, /^Insufficient storage/);
  });

  test("a connection breaks before and after the operation, and in the answer", async () => {
    await fail({ kind: "Drop", applied: false, operation: "upsert_points" });
    await assert.rejects(put(10));
    await fail({ kind: "Drop", applied: true, operation: "upsert_points" });
    await assert.rejects(put(11));
    await fail({ kind: "Cut", bytes: 5, operation: "upsert_points" });
    await assert.rejects(put(12));
    assert.deepEqual([await has(10), await has(11), await has(12)], [false, true, true]);
  });

  test("a write takes longer than was waited for, an answer is no JSON, the server is slow", async () => {
    await fail({ kind: "WaitTimeout", operation: "upsert_points" });
    assert.equal((await put(20)).status, "wait_timeout");
    assert.equal(await has(20), true);
    await fail({ kind: "Answer", status: 502, contentType: "text/html", body: "<html>Bad Gateway</html>" });
    await refused(put(21), 502, /Bad Gateway/);
    await fail({ kind: "Slow", milliseconds: 50 });
    assert.equal((await put(22)).status, "completed");
    await fail({ kind: "Hang" });
    await assert.rejects(new QdrantClient({ url, timeout: 100, checkCompatibility: false }).count("f"), /timeout|abort/i);
  });
});

after(async () => assert.deepEqual(await (await api("/_fake/violations")).json(), []));
