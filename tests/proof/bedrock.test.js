// Drives FakeBedrock with the official client: what this client accepts, the stand-in says as the service would.
// Started by the C# tests, which run the server and name it in the environment.
import assert from "node:assert/strict";
import { before, beforeEach, after, describe, test } from "node:test";
import * as bedrock from "@aws-sdk/client-bedrock-runtime";
import { ask, claude, collect, fail, keys, onePixelPng, protocols, user } from "./stand-in.js";

const titan = "amazon.titan-embed-image-v1";
const nova = "amazon.nova-2-multimodal-embeddings-v1:0";
const cohere = "cohere.embed-v4:0";
const profileArn = `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${claude}`;
const embed = (body, modelId = titan) =>
  new bedrock.InvokeModelCommand({ modelId, contentType: "application/json", body: JSON.stringify(body) });
const single = (params) => ({ taskType: "SINGLE_EMBEDDING", singleEmbeddingParams: params });
const parsed = (response) => JSON.parse(new TextDecoder().decode(response.body));

for (const protocol of protocols) {
  describe(protocol.name, () => {
    let client;
    const make = (options = {}) =>
      new bedrock.BedrockRuntimeClient({
        region: "us-east-1", endpoint: protocol.endpoint, credentials: keys, requestHandler: protocol.handler(), ...options,
      });

    before(() => { client = make(); });
    beforeEach(() => ask("faults", "DELETE"));
    after(() => client.destroy());

    test("InvokeModel embeds a text and counts its tokens", async () => {
      const response = await client.send(embed({ inputText: "a red flower", embeddingConfig: { outputEmbeddingLength: 256 } }));
      const answer = parsed(response);
      assert.equal(answer.embedding.length, 256);
      assert.equal(answer.inputTextTokenCount, 3);
      assert.equal(answer.message, null);
      assert.equal(response.contentType, "application/json");
      assert.match(response.$metadata.requestId, /^[0-9a-f-]{36}$/);
    });

    test("InvokeModel embeds a picture, and text with a picture as their average", async () => {
      const inputImage = Buffer.from(onePixelPng, "base64").toString("base64");
      const [text, image, both] = await Promise.all(
        [{ inputText: "x" }, { inputImage }, { inputText: "x", inputImage }].map(async (body) => parsed(await client.send(embed(body))).embedding));
      assert.equal(image.length, 1024);
      assert.ok(Math.abs(both[5] - (text[5] + image[5]) / 2) < 1e-5);
    });

    test("Nova embeds a text and a picture, for the index and to search by", async () => {
      const text = { truncationMode: "END", value: "a red flower" };
      const image = { format: "png", source: { bytes: onePixelPng } };
      const [indexed, asked, picture] = await Promise.all([
        { embeddingPurpose: "GENERIC_INDEX", embeddingDimension: 256, text },
        { embeddingPurpose: "IMAGE_RETRIEVAL", embeddingDimension: 256, text },
        { embeddingPurpose: "GENERIC_INDEX", image },
      ].map(async (params) => parsed(await client.send(embed(single(params), nova))).embeddings[0]));
      assert.equal(indexed.embeddingType, "TEXT");
      assert.equal(indexed.embedding.length, 256);
      assert.notDeepEqual(asked.embedding, indexed.embedding);
      assert.deepEqual([picture.embeddingType, picture.embedding.length], ["IMAGE", 3072]);
    });

    test("Cohere embeds 96 at once, by type where types are named", async () => {
      const texts = Array.from({ length: 96 }, (_, at) => `text ${at}`);
      const body = { input_type: "search_document", texts, embedding_types: ["float"], output_dimension: 256 };
      const answer = parsed(await client.send(embed(body, cohere)));
      assert.deepEqual([answer.response_type, answer.embeddings.float.length, answer.embeddings.float[95].length], ["embeddings_by_type", 96, 256]);
      const images = [`data:image/png;base64,${onePixelPng}`];
      const plain = parsed(await client.send(embed({ input_type: "search_query", images }, `us.${cohere}`)));
      assert.deepEqual([plain.response_type, plain.embeddings[0].length], ["embeddings_floats", 1536]);
    });

    test("InvokeModelWithResponseStream arrives in chunks", async () => {
      const response = await client.send(new bedrock.InvokeModelWithResponseStreamCommand({
        modelId: claude, contentType: "application/json", body: JSON.stringify({ prompt: "two words" }),
      }));
      const chunks = (await collect(response.body)).map((event) => JSON.parse(new TextDecoder().decode(event.chunk.bytes)));
      assert.equal(chunks.map((chunk) => chunk.outputText).join(""), "I was shown 2 words and 0 pictures.");
      assert.equal(chunks.at(-1)["amazon-bedrock-invocationMetrics"].outputTokenCount, 8);
      assert.equal(response.contentType, "application/json");
    });

    test("ApplyGuardrail blocks, and lets pass", async () => {
      const apply = (text) => client.send(new bedrock.ApplyGuardrailCommand({
        guardrailIdentifier: "fakeguardrail", guardrailVersion: "DRAFT", source: "INPUT", content: [{ text: { text } }],
      }));
      assert.equal((await apply("a flower")).action, "NONE");
      const blocked = await apply("a forbidden flower");
      assert.equal(blocked.action, "GUARDRAIL_INTERVENED");
      assert.equal(blocked.assessments[0].wordPolicy.customWords[0].match, "forbidden");
      assert.equal(blocked.guardrailCoverage.textCharacters.total, 18);
    });

    test("CountTokens counts a conversation and a body", async () => {
      const converse = { messages: user({ text: "0123456789" }).messages };
      assert.equal((await client.send(new bedrock.CountTokensCommand({ modelId: claude, input: { converse } }))).inputTokens, 3);
      const invokeModel = { body: new TextEncoder().encode("{\"prompt\":1}") };
      assert.equal((await client.send(new bedrock.CountTokensCommand({ modelId: claude, input: { invokeModel } }))).inputTokens, 3);
    });

    test("ids with colons and ARNs with slashes arrive whole", async () => {
      assert.ok(await client.send(new bedrock.ConverseCommand({ ...user({ text: "hi" }), modelId: profileArn })));
    });

    const errors = [
      ["ThrottlingException", 429, 3], ["ModelNotReadyException", 429, 3], ["ServiceUnavailableException", 503, 3],
      ["InternalServerException", 500, 3], ["ModelTimeoutException", 408, 1], ["ModelErrorException", 424, 1],
      ["ServiceQuotaExceededException", 400, 1], ["ValidationException", 400, 1], ["AccessDeniedException", 403, 1],
      ["ResourceNotFoundException", 404, 1],
    ];
    for (const [type, status, attempts] of errors) {
      test(`${type} is understood and ${attempts === 1 ? "not " : ""}retried`, async () => {
        await fail({ kind: "Error", type, message: `text of ${type}`, times: attempts });
        await assert.rejects(client.send(embed({ inputText: "x" })), (error) => {
          assert.ok(error instanceof bedrock[type], `${error.name}: ${error.message}`);
          assert.equal(error.message, `text of ${type}`);
          assert.equal(error.$metadata.httpStatusCode, status);
          assert.equal(error.$metadata.attempts, attempts);
          assert.match(error.$metadata.requestId, /^[0-9a-f-]{36}$/);
          return true;
        });
      });
    }

    test("ModelStreamErrorException is understood before a stream", async () => {
      await fail({ kind: "Error", type: "ModelStreamErrorException", message: "broken" });
      const command = new bedrock.InvokeModelWithResponseStreamCommand({ modelId: claude, contentType: "application/json", body: "{\"prompt\":\"x\"}" });
      await assert.rejects(client.send(command), (error) => error instanceof bedrock.ModelStreamErrorException && error.originalStatusCode === 500);
    });

    test("a type that stands only in the body is understood", async () => {
      await fail({ kind: "Error", type: "AccessDeniedException", message: "no", typeInBody: true });
      await assert.rejects(client.send(embed({ inputText: "x" })), bedrock.AccessDeniedException);
    });

    test("a momentary throttle and a proxy's page are survived", async () => {
      await fail({ kind: "Error", type: "ThrottlingException", message: "Too many requests, please wait before trying again." });
      assert.equal((await client.send(embed({ inputText: "x" }))).$metadata.attempts, 2);
      await fail({ kind: "Answer", status: 502, contentType: "text/html", body: "<html>Bad Gateway</html>" });
      assert.equal((await client.send(embed({ inputText: "x" }))).$metadata.attempts, 2);
    });

    const refusals = [
      ["a wrong secret", { credentials: { ...keys, secretAccessKey: "wrong" } }, "InvalidSignatureException"],
      ["an unknown key", { credentials: { ...keys, accessKeyId: "AKIDNOBODY" } }, "UnrecognizedClientException"],
      ["an expired session", { credentials: { ...keys, sessionToken: "old" } }, "ExpiredTokenException"],
      ["another region", { region: "eu-west-1" }, "InvalidSignatureException"],
    ];
    for (const [what, options, type] of refusals) {
      test(`${what} is refused`, async () => {
        const stranger = make({ maxAttempts: 1, ...options });
        await assert.rejects(stranger.send(embed({ inputText: "x" })), (error) => error.name === type && error.$metadata.httpStatusCode === 403);
        stranger.destroy();
      });
    }

    test("a valid session is accepted", async () => {
      const session = make({ credentials: { ...keys, sessionToken: "fake-session" } });
      assert.ok(await session.send(embed({ inputText: "x" })));
      session.destroy();
    });

    test("an API key is accepted, a wrong one refused", async () => {
      const bearer = (token) => make({ credentials: undefined, token: { token }, authSchemePreference: ["httpBearerAuth"], maxAttempts: 1 });
      assert.ok(await bearer("fake-api-key").send(embed({ inputText: "x" })));
      await assert.rejects(bearer("wrong").send(embed({ inputText: "x" })), bedrock.AccessDeniedException);
    });

    test("Titan's own limits and the states of models are told", async () => {
      const expected = [
        [{ }, titan, "ValidationException", /at least one/],
        [{ inputText: "x", foo: 1 }, titan, "ValidationException", /extraneous key \[foo\]/],
        [{ inputText: "x", embeddingConfig: { outputEmbeddingLength: 512 } }, titan, "ValidationException", /512 is not a valid enum value/],
        [{ inputText: "word ".repeat(300) }, titan, "ValidationException", /Too many input tokens/],
        [{ inputImage: "R0lGODlhAQABAAAAACw=" }, titan, "ValidationException", /JPEG or PNG/],
        [{ prompt: "x" }, "anthropic.claude-haiku-4-5-20251001-v1:0", "ValidationException", /on-demand throughput/],
        [{ prompt: "x" }, "anthropic.claude-3-sonnet-20240229-v1:0", "ResourceNotFoundException", /end of its life/],
        [{ prompt: "x" }, "no.such-model", "ValidationException", /identifier is invalid/],
      ];
      for (const [body, model, type, message] of expected) {
        await assert.rejects(client.send(embed(body, model)), (error) => error.name === type && message.test(error.message), JSON.stringify(body));
      }
    });

    test("Nova's and Cohere's own limits are told", async () => {
      const text = { truncationMode: "NONE", value: "x" };
      const params = { embeddingPurpose: "GENERIC_INDEX", text };
      const query = { input_type: "search_query" };
      const expected = [
        [single({ text }), nova, /required key \[embeddingPurpose\]/],
        [single({ ...params, embeddingDimension: 512 }), nova, /512 is not a valid enum value/],
        [single({ ...params, text: { ...text, value: "x".repeat(50_001) } }), nova, /maxLength: 50000/],
        [single({ ...params, text: { ...text, value: "word ".repeat(9000) } }), nova, /number of tokens/],
        [single({ embeddingPurpose: "GENERIC_INDEX" }), nova, /exactly one/],
        [single({ embeddingPurpose: "GENERIC_INDEX", image: { format: "jpeg", source: { bytes: onePixelPng } } }), nova, /no jpeg/],
        [{ texts: ["x"] }, cohere, /required key \[input_type\]/],
        [{ ...query, texts: ["x"], images: [] }, cohere, /only one of/],
        [{ ...query, texts: Array(97).fill("x") }, cohere, /maximum item count: 96/],
        [{ ...query, texts: ["x"], output_dimension: 384 }, cohere, /384 is not a valid enum value/],
        [{ ...query, images: ["https://example.org/a.png"] }, cohere, /data URI/],
      ];
      for (const [body, model, message] of expected) {
        await assert.rejects(client.send(embed(body, model)), (error) => error.name === "ValidationException" && message.test(error.message), String(message));
      }
    });
  });
}
