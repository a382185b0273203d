// One round of the overhead benchmark with the official client: the CPU of calls, from the input to the numbers of its vector.
// node round.mjs ENDPOINT http1|default PICTURE|- WARMUPS CALLS WIDTH
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../tests/proof/package.json", import.meta.url));
const { BedrockRuntimeClient, InvokeModelCommand } = require("@aws-sdk/client-bedrock-runtime");
const { NodeHttpHandler } = require("@smithy/node-http-handler");

const [endpoint, handler, picture, warmUps, calls, width] = process.argv.slice(2);
const client = new BedrockRuntimeClient({
  region: "us-east-1",
  endpoint,
  credentials: { accessKeyId: "AKIDFAKEBEDROCK", secretAccessKey: "fake-secret" },
  ...(handler === "http1" ? { requestHandler: new NodeHttpHandler({ httpsAgent: { maxSockets: 64 }, httpAgent: { maxSockets: 64 } }) } : {}),
});
const bytes = picture === "-" ? null : readFileSync(picture);

async function embed() {
  const input = bytes ? { inputImage: bytes.toString("base64") } : { inputText: "a red flower on green grass" };
  const response = await client.send(new InvokeModelCommand({
    modelId: "amazon.titan-embed-image-v1",
    contentType: "application/json",
    body: JSON.stringify({ ...input, embeddingConfig: { outputEmbeddingLength: 1024 } }),
  }));
  const { embedding } = JSON.parse(new TextDecoder().decode(response.body));
  if (embedding.length !== 1024) throw new Error("no vector");
}

async function run(count) {
  let left = count;
  await Promise.all(Array.from({ length: Number(width) }, async () => {
    while (left-- > 0) await embed();
  }));
}

await run(Number(warmUps));
const before = process.cpuUsage();
await run(Number(calls));
const used = process.cpuUsage(before);
const cpuSeconds = (used.user + used.system) / 1e6;
console.log(JSON.stringify({ Done: Number(calls), Failed: 0, Seconds: 0, CpuSeconds: cpuSeconds, PeakBytes: 0 }));
client.destroy();
