// What the proofs of FakeBedrock share: where it listens, its keys and models, and how to let it fail on demand.
import { Buffer } from "node:buffer";
import { NodeHttpHandler, NodeHttp2Handler } from "@smithy/node-http-handler";

export const claude = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
export const keys = { accessKeyId: "AKIDFAKEBEDROCK", secretAccessKey: "fake-secret" };
export const onePixelPng = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
export const picture = (bytes = Buffer.from(onePixelPng, "base64"), format = "png") => ({ image: { format, source: { bytes } } });
export const protocols = [
  { name: "HTTP/1.1", endpoint: process.env.FAKE_BEDROCK_HTTP1, handler: () => new NodeHttpHandler() },
  { name: "HTTP/2", endpoint: process.env.FAKE_BEDROCK_HTTP2, handler: () => new NodeHttp2Handler() },
  { name: "HTTP/2 over TLS", endpoint: process.env.FAKE_BEDROCK_TLS, handler: () => new NodeHttp2Handler() },
];

export const ask = (path, method, body) => fetch(new URL(`/_fake/${path}`, process.env.FAKE_BEDROCK_HTTP1), { method, body });
export const fail = (fault) => ask("faults", "POST", JSON.stringify(fault));
export const script = (reply) => ask("replies", "POST", JSON.stringify(reply));
export const user = (...content) => ({ modelId: claude, messages: [{ role: "user", content }] });

export async function collect(stream) {
  const events = [];
  for await (const event of stream) events.push(event);
  return events;
}
