// A program against the API, as its author would write it: every name and type below comes from the OpenAPI document.
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

type Hit = components["schemas"]["JsonHit"];
type Progress = components["schemas"]["LibraryProgress"];

const address = process.env.IMAGESEARCH_SERVER;
if (!address) throw new Error("IMAGESEARCH_SERVER is not set.");
const client = createClient<paths>({ baseUrl: address });

async function search(q: string): Promise<Hit[]> {
  const hits: Hit[] = [];
  let cursor: string | undefined;
  do {
    const { data, error } = await client.GET("/api/search", { params: { query: { q, limit: 2, cursor } } });
    if (!data) throw new Error(error.detail ?? error.title ?? "");
    hits.push(...data.results);
    cursor = data.nextCursor;
  } while (cursor);
  return hits;
}

async function similar(id: string, weight: number): Promise<string[]> {
  const { data } = await client.POST("/api/search", { body: { like: [{ id, weight }], limit: 10 } });
  return data?.results.map((hit) => `${hit.library}/${hit.path} ${hit.score?.toFixed(2)}`) ?? [];
}

async function refused(): Promise<string | undefined> {
  const { error } = await client.GET("/api/search", { params: { query: { q: "sort:size" } } });
  return error?.detail;
}

const hits = await search("sea");
const { data: facets } = await client.GET("/api/facets", { params: { query: { facets: "folder" } } });
const { data: suggestions } = await client.GET("/api/suggestions", { params: { query: { q: "cam" } } });
const { data: libraries } = await client.GET("/api/libraries");
const { data: run } = await client.POST("/api/libraries/{name}/index", { params: { path: { name: "pictures" } } });
const progress: Progress | undefined = run;
console.log(JSON.stringify({
  paths: hits.map((hit) => hit.path),
  similar: hits[0] ? await similar(hits[0].id, 1) : [],
  refused: await refused(),
  folders: facets?.facets.folder?.map((value) => value.filter),
  suggestion: suggestions?.suggestions[0]?.query,
  indexed: libraries?.libraries[0]?.indexed,
  phase: progress?.phase,
}));
