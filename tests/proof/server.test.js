// Makes a client of docs/openapi.json, compiles a program against it, and runs that against the server.
// Started by the C# tests, which run the server and name it in the environment.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const client = join(here, "client");
const run = (program, ...args) => execFileSync(process.execPath, [join(here, "node_modules", program), ...args], { cwd: client, encoding: "utf8" });

test("a generated client compiles and does what the document says", () => {
  run("openapi-typescript/bin/cli.js", join(here, "..", "..", "docs", "openapi.json"), "--output", "api.d.ts");
  run("typescript/bin/tsc", "--project", ".");

  const told = JSON.parse(execFileSync(process.execPath, ["built/search.js"], { cwd: client, encoding: "utf8" }));

  assert.equal(told.paths.length, 4);
  assert.equal(told.paths[0], "sea/blue-sea.png");
  assert.equal(told.similar.length, 3);
  assert.match(told.refused, /sort:date/);
  assert.ok(told.folders.includes("folder:sea"));
  assert.equal(told.suggestion, "camera:");
  assert.equal(told.indexed, 4);
  assert.equal(told.phase, "indexing");
});
