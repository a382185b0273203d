// Drives FakeBedrock's Converse and ConverseStream with the official client: words, pictures, documents, tools, guardrails, and
// everything that is refused or breaks off. Started by the C# tests, which run the server and name it in the environment.
import assert from "node:assert/strict";
import { before, beforeEach, after, describe, test } from "node:test";
import * as bedrock from "@aws-sdk/client-bedrock-runtime";
import { ask, claude, collect, fail, keys, onePixelPng, picture, protocols, script, user } from "./stand-in.js";

const llama = "us.meta.llama4-maverick-17b-instruct-v1:0";
const pixtral = "us.mistral.pixtral-large-2502-v1:0";
const guarded = { guardrailConfig: { guardrailIdentifier: "fakeguardrail", guardrailVersion: "1", trace: "enabled" } };
const schema = { type: "object", properties: { words: { type: "integer" } } };
const tools = (...names) => names.map((name) => ({ toolSpec: { name, description: "Takes the answer.", inputSchema: { json: schema } } }));
const forced = (name) => ({ toolConfig: { tools: tools("other", name), toolChoice: { tool: { name } } } });
const document = (name = "Quarterly report (1)", bytes = Buffer.from("a,b\n1,2\n"), format = "csv") => ({ document: { format, name, source: { bytes } } });
const textOf = (answer) => answer.output.message.content[0].text;
const namesOf = (events) => events.map((event) => Object.keys(event)[0]);
const words = (events) => events.map((event) => event.contentBlockDelta?.delta.text ?? "").join("");

/** A PNG whose header promises a size; nothing looks further. */
function hugePng(width, height) {
  const bytes = Buffer.from(onePixelPng, "base64");
  bytes.writeInt32BE(width, 16);
  bytes.writeInt32BE(height, 20);
  return bytes;
}

// TLS changes nothing of what is said here; bedrock.test.js covers it.
for (const protocol of protocols.slice(0, 2)) {
  describe(protocol.name, () => {
    let client;
    let impatient;
    const make = (options = {}) =>
      new bedrock.BedrockRuntimeClient({
        region: "us-east-1", endpoint: protocol.endpoint, credentials: keys, requestHandler: protocol.handler(), ...options,
      });
    const converse = (request) => client.send(new bedrock.ConverseCommand(request));
    const stream = async (request, by = client) => (await by.send(new bedrock.ConverseStreamCommand(request))).stream;

    before(() => { [client, impatient] = [make(), make({ maxAttempts: 1 })]; });
    beforeEach(() => ask("faults", "DELETE"));
    after(() => { client.destroy(); impatient.destroy(); });

    test("Converse answers words, stop reason, usage and time", async () => {
      const answer = await converse(user({ text: "what is this" }, picture()));
      assert.equal(answer.output.message.role, "assistant");
      assert.equal(textOf(answer), "I was shown 3 words and 1 pictures.");
      assert.equal(answer.stopReason, "end_turn");
      assert.equal(answer.usage.totalTokens, answer.usage.inputTokens + answer.usage.outputTokens);
      assert.equal(answer.metrics.latencyMs, 1);
      assert.match(answer.$metadata.requestId, /^[0-9a-f-]{36}$/);
    });

    test("twenty pictures arrive, each counted in tokens", async () => {
      const one = await converse(user({ text: "x" }, picture()));
      const many = await converse(user({ text: "x" }, ...Array(20).fill(picture())));
      assert.equal(textOf(many), "I was shown 1 words and 20 pictures.");
      assert.equal(many.usage.inputTokens - one.usage.inputTokens, 19);
    });

    test("documents and pictures go together, in every family of models", async () => {
      for (const modelId of [claude, llama, pixtral]) {
        const answer = await converse({ ...user({ text: "compare" }, document(), document("notes-[2]"), picture()), modelId });
        assert.equal(textOf(answer), "I was shown 1 words and 1 pictures. And 2 documents.", modelId);
      }
    });

    test("a text of the system counts, and is no part of the messages", async () => {
      const plain = await converse(user({ text: "hello" }));
      const told = await converse({ ...user({ text: "hello" }), system: [{ text: "You are a careful judge of pictures." }, { text: "Be brief." }] });
      assert.equal(textOf(told), textOf(plain));
      assert.ok(told.usage.inputTokens > plain.usage.inputTokens);
    });

    test("a conversation of several turns with the use of a tool and its result is taken", async () => {
      const used = { toolUse: { toolUseId: "tooluse_1", name: "look", input: { at: 1 } } };
      const result = { toolResult: { toolUseId: "tooluse_1", content: [{ json: { seen: "a cat" } }], status: "success" } };
      const messages = [...user({ text: "what is it" }).messages, { role: "assistant", content: [used] }, { role: "user", content: [result, { text: "go on" }] }];
      const answer = await converse({ modelId: claude, messages, toolConfig: { tools: tools("look") } });
      assert.equal(textOf(answer), "I was shown 5 words and 0 pictures.");
    });

    test("Converse calls the tool it is forced to, and gives its input as an object", async () => {
      const answer = await converse({ ...user({ text: "rank these" }, picture()), ...forced("judge") });
      const { toolUse } = answer.output.message.content[0];
      assert.equal(answer.stopReason, "tool_use");
      assert.deepEqual([toolUse.name, toolUse.input], ["judge", { words: 2, pictures: 1 }]);
      assert.match(toolUse.toolUseId, /^tooluse_/);
    });

    test("a model that must call any tool calls one, and one that may does not", async () => {
      const request = (choice) => ({ ...user({ text: "rank" }), toolConfig: { tools: tools("judge"), toolChoice: { [choice]: {} } } });
      assert.equal((await converse(request("any"))).output.message.content[0].toolUse.name, "judge");
      assert.equal((await converse(request("auto"))).stopReason, "end_turn");
    });

    test("an answer by a JSON schema is that JSON alone", async () => {
      const textFormat = { type: "json_schema", structure: { jsonSchema: { name: "counts", schema: JSON.stringify(schema) } } };
      const request = { ...user({ text: "count this" }), outputConfig: { textFormat } };
      assert.deepEqual(JSON.parse(textOf(await converse(request))), { words: 2, pictures: 0 });
      assert.deepEqual(JSON.parse(words(await collect(await stream(request)))), { words: 2, pictures: 0 });
    });

    test("ConverseStream arrives in the service's order of events", async () => {
      const events = await collect(await stream(user({ text: "hello" }, picture(), document())));
      const names = namesOf(events);
      assert.deepEqual([names[0], events[0].messageStart.role], ["messageStart", "assistant"]);
      assert.deepEqual([...new Set(names.slice(1, -3))], ["contentBlockDelta"]);
      assert.deepEqual(names.slice(-3), ["contentBlockStop", "messageStop", "metadata"]);
      assert.equal(words(events), "I was shown 1 words and 1 pictures. And 1 documents.");
      assert.equal(events.at(-2).messageStop.stopReason, "end_turn");
      const { usage, metrics } = events.at(-1).metadata;
      assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0 && usage.totalTokens === usage.inputTokens + usage.outputTokens);
      assert.equal(metrics.latencyMs, 1);
    });

    test("a tool's input is streamed in pieces that are JSON together", async () => {
      const events = await collect(await stream({ ...user({ text: "rank these pictures" }, picture(), picture()), ...forced("judge") }));
      const pieces = events.filter((event) => event.contentBlockDelta).map((event) => event.contentBlockDelta.delta.toolUse.input);
      assert.equal(events[1].contentBlockStart.start.toolUse.name, "judge");
      assert.match(events[1].contentBlockStart.start.toolUse.toolUseId, /^tooluse_/);
      assert.ok(pieces.length > 1 && pieces[0] !== pieces.join(""));
      assert.deepEqual(JSON.parse(pieces.join("")), { words: 3, pictures: 2 });
      assert.deepEqual([...new Set(events.filter((event) => event.contentBlockStop || event.contentBlockDelta).map((event) => Object.values(event)[0].contentBlockIndex))], [0]);
      assert.equal(events.at(-2).messageStop.stopReason, "tool_use");
    });

    test("ConverseStream hands over each event as it comes", async () => {
      await fail({ kind: "StreamPause", afterEvents: 2 });
      let seen = 0;
      for await (const event of await stream(user({ text: "hello" }))) {
        seen += 1;
        // The server sends the third event only now: a client that waited for the whole answer would hang here.
        if (event.contentBlockDelta && seen === 2) await ask("resume", "POST");
      }
      assert.ok(seen > 2);
    });

    test("an answer ends where its most tokens are used up", async () => {
      const request = { ...user({ text: "hello" }), inferenceConfig: { maxTokens: 3, temperature: 0 } };
      const answer = await converse(request);
      assert.deepEqual([textOf(answer), answer.stopReason, answer.usage.outputTokens], ["I was shown", "max_tokens", 3]);
      const events = await collect(await stream(request));
      assert.deepEqual([words(events), events.at(-2).messageStop.stopReason], ["I was shown", "max_tokens"]);
    });

    for (const stopReason of ["content_filtered", "stop_sequence", "malformed_model_output", "malformed_tool_use", "model_context_window_exceeded"]) {
      test(`the stop reason ${stopReason} arrives, whole and streamed`, async () => {
        await script({ kind: "Words", text: "I cannot.", stopReason });
        const answer = await converse(user({ text: "hello" }));
        assert.deepEqual([textOf(answer), answer.stopReason], ["I cannot.", stopReason]);
        await script({ kind: "Words", text: "I cannot.", stopReason });
        assert.equal((await collect(await stream(user({ text: "hello" })))).at(-2).messageStop.stopReason, stopReason);
      });
    }

    test("a guardrail that stops a question says so, with its trace", async () => {
      const answer = await converse({ ...user({ text: "a forbidden flower" }), ...guarded });
      assert.deepEqual([answer.stopReason, textOf(answer)], ["guardrail_intervened", "Sorry, this content is blocked."]);
      assert.equal(answer.trace.guardrail.inputAssessment.fakeguardrail.wordPolicy.customWords[0].match, "forbidden");
      assert.equal(answer.trace.guardrail.actionReason, "Guardrail blocked.");
      const events = await collect(await stream({ ...user({ text: "a forbidden flower" }), ...guarded }));
      assert.equal(events.at(-2).messageStop.stopReason, "guardrail_intervened");
      assert.equal(events.at(-1).metadata.trace.guardrail.inputAssessment.fakeguardrail.wordPolicy.customWords[0].action, "BLOCKED");
    });

    test("a guardrail that stops an answer shows what was said in its trace alone", async () => {
      await script({ kind: "Words", text: "This is forbidden." });
      const answer = await converse({ ...user({ text: "what is this" }), ...guarded });
      assert.deepEqual([answer.stopReason, textOf(answer)], ["guardrail_intervened", "Sorry, this content is blocked."]);
      assert.deepEqual(answer.trace.guardrail.modelOutput, ["This is forbidden."]);
      assert.equal(answer.trace.guardrail.outputAssessments.fakeguardrail[0].wordPolicy.customWords[0].match, "forbidden");
    });

    test("a guardrail lets pass what is not blocked, and is silent where no trace is asked for", async () => {
      const passed = await converse({ ...user({ text: "a flower" }), ...guarded });
      assert.deepEqual([passed.stopReason, passed.trace.guardrail.actionReason], ["end_turn", "No action."]);
      const silent = { guardrailConfig: { ...guarded.guardrailConfig, trace: "disabled" } };
      const blocked = await converse({ ...user({ text: "a forbidden flower" }), ...silent });
      assert.deepEqual([blocked.stopReason, blocked.trace], ["guardrail_intervened", undefined]);
      const unknown = { guardrailConfig: { guardrailIdentifier: "other", guardrailVersion: "1" } };
      await assert.rejects(converse({ ...user({ text: "x" }), ...unknown }), bedrock.ValidationException);
    });

    const text = { text: "what is this" };
    const turn = (role, ...content) => ({ role, content });
    const refused = {
      "no message": [{ messages: [] }, /start with a user message/],
      "a beginning by the assistant": [{ messages: [turn("assistant", text)] }, /start with a user message/],
      "two turns of the same side": [{ messages: [turn("user", text), turn("user", text)] }, /alternate/],
      "a message without content": [user(), /content field in the Message object at messages.0 is empty/],
      "an empty text": [user(picture(), { text: "" }), /messages.0.content.1 is blank/],
      "a text of nothing but spaces": [user({ text: " \n" }), /messages.0.content.0 is blank/],
      "an empty text of the system": [{ ...user(text), system: [{ text: "" }] }, /system/],
      "twenty-one pictures": [user(text, ...Array(21).fill(picture())), /21/],
      "a picture of more than 3.75 MB": [user(text, picture(Buffer.concat([Buffer.from(onePixelPng, "base64"), Buffer.alloc(3_932_160)]))), /3\.75 MB/],
      "a picture of more than 8000 pixels": [user(text, picture(hugePng(8001, 10))), /8000 pixels/],
      "a picture of another format": [user(text, picture(Buffer.from("R0lGODlhAQABAAAAACw=", "base64"))), /media type image\/png/],
      "a picture from the assistant": [{ messages: [turn("user", text), turn("assistant", picture())] }, /role user/],
      "six documents": [user(text, ...Array.from({ length: 6 }, (_, at) => document(`n${at}`))), /6 > 5/],
      "a document alone": [user(document()), /text block must be included/],
      "a document of more than 4.5 MB": [user(text, document("n", Buffer.alloc(4_718_593, 65), "txt")), /4\.5 MB/],
      "a document's name with a dot": [user(text, document("report.pdf")), /file name can only contain/],
      "a document's name with two spaces": [user(text, document("my  report")), /file name can only contain/],
      "a document's name that gives an order": [user(text, document("ignore; <system>")), /file name can only contain/],
      "the use of a tool without tools": [{ messages: [turn("user", text), turn("assistant", { toolUse: { toolUseId: "1", name: "t", input: {} } })] }, /toolConfig/],
      "a forced tool that is not offered": [{ ...user(text), toolConfig: { tools: tools("a"), toolChoice: { tool: { name: "b" } } } }, /not among/],
      "a tool whose input is no object": [{ ...user(text), toolConfig: { tools: [{ toolSpec: { name: "a", inputSchema: { json: { type: "array" } } } }] } }, /inputSchema\.json\.type/],
      "a forced tool of Llama": [{ ...user(text), ...forced("judge"), modelId: llama }, /toolChoice\.tool/],
      "a forced tool of Pixtral": [{ ...user(text), ...forced("judge"), modelId: pixtral }, /toolChoice\.tool/],
      "a schema that is no JSON": [{ ...user(text), outputConfig: { textFormat: { type: "json_schema", structure: { jsonSchema: { schema: "{" } } } } }, /no JSON/],
      "an unknown model": [{ ...user(text), modelId: "no.such-model" }, /identifier is invalid/],
      "a model that embeds": [{ ...user(text), modelId: "amazon.titan-embed-image-v1" }, /support/],
      "a model that needs a profile": [{ ...user(text), modelId: "anthropic.claude-haiku-4-5-20251001-v1:0" }, /on-demand throughput/],
    };
    for (const [what, [request, message]] of Object.entries(refused)) {
      test(`${what} is refused, whole and streamed`, async () => {
        for (const Command of [bedrock.ConverseCommand, bedrock.ConverseStreamCommand]) {
          await assert.rejects(client.send(new Command({ modelId: claude, ...request })), (error) => {
            assert.ok(error instanceof bedrock.ValidationException, `${error.name}: ${error.message}`);
            assert.match(error.message, message);
            assert.deepEqual([error.$metadata.httpStatusCode, error.$metadata.attempts], [400, 1]);
            return true;
          });
        }
      });
    }

    test("wrong base64 is refused, and a model past its end is gone", async () => {
      const command = new bedrock.ConverseCommand(user(text, picture()));
      // The client encodes bytes itself, so the text is spoiled on the way, before it is signed.
      command.middlewareStack.add((next) => (args) => {
        args.request.body = args.request.body.replace(onePixelPng, "!" + onePixelPng);
        delete args.request.headers["content-length"];
        return next(args);
      }, { step: "build", priority: "high" });
      await assert.rejects(client.send(command), (error) => error instanceof bedrock.ValidationException && /base64/.test(error.message));
      await assert.rejects(converse({ ...user(text), modelId: "anthropic.claude-3-sonnet-20240229-v1:0" }), bedrock.ResourceNotFoundException);
    });

    const errors = [
      ["ThrottlingException", 429], ["ModelNotReadyException", 429], ["ServiceUnavailableException", 503], ["InternalServerException", 500],
      ["ModelTimeoutException", 408], ["ModelErrorException", 424], ["ValidationException", 400], ["AccessDeniedException", 403], ["ResourceNotFoundException", 404],
    ];
    for (const [type, status] of errors) {
      test(`${type} is understood of Converse and before a stream`, async () => {
        for (const Command of [bedrock.ConverseCommand, bedrock.ConverseStreamCommand]) {
          await fail({ kind: "Error", type, message: `text of ${type}` });
          await assert.rejects(impatient.send(new Command(user(text))), (error) => {
            assert.ok(error instanceof bedrock[type], `${error.name}: ${error.message}`);
            assert.deepEqual([error.message, error.$metadata.httpStatusCode], [`text of ${type}`, status]);
            return true;
          });
        }
      });
    }

    test("a conversation that is throttled once is answered at the second attempt", async () => {
      await fail({ kind: "Error", type: "ThrottlingException", message: "Too many tokens, please wait before trying again." });
      const response = await client.send(new bedrock.ConverseStreamCommand(user(text)));
      assert.equal(response.$metadata.attempts, 2);
      assert.equal(words(await collect(response.stream)), "I was shown 3 words and 0 pictures.");
    });

    const exceptions = ["throttlingException", "validationException", "internalServerException", "modelStreamErrorException", "serviceUnavailableException"];
    for (const type of exceptions) {
      test(`${type} in a stream ends it with that error, after what came before`, async () => {
        await fail({ kind: "StreamException", afterEvents: 3, type, message: `text of ${type}` });
        const events = [];
        await assert.rejects(async () => {
          for await (const event of await stream(user(text))) events.push(event);
        }, (error) => {
          assert.ok(error instanceof bedrock[type[0].toUpperCase() + type.slice(1)], `${error.name}: ${error.message}`);
          assert.equal(error.message, `text of ${type}`);
          assert.equal(error.originalStatusCode, type === "modelStreamErrorException" ? 500 : undefined);
          return true;
        });
        assert.deepEqual(namesOf(events), ["messageStart", "contentBlockDelta", "contentBlockDelta"]);
      });
    }

    const breaks = [
      { kind: "StreamError", afterEvents: 1, code: "InternalFailure", message: "gone" },
      { kind: "StreamCorrupt", afterEvents: 1 },
      { kind: "Cut", bytes: 150, withReset: false },
      { kind: "Cut", bytes: 150, withReset: true },
    ];
    for (const fault of breaks) {
      test(`a stream that breaks off ends with an error: ${fault.kind}${fault.withReset ? " with a reset" : ""}`, async () => {
        await fail(fault);
        // A reset may overtake the headers, and would then be tried again.
        await assert.rejects(async () => collect(await stream(user({ text: "hello" }), impatient)), Error);
      });
    }

    test("a stream that ends after a whole frame ends quietly, without its last events: a client has to ask for them", async () => {
      const [start] = await collect(await stream(user({ text: "hello" })));
      assert.ok(start.messageStart);
      await fail({ kind: "StreamEnd", afterEvents: 2 });
      assert.deepEqual(namesOf(await collect(await stream(user({ text: "hello" })))), ["messageStart", "contentBlockDelta"]);
    });

    test("an unknown event does no harm", async () => {
      await fail({ kind: "StreamUnknownEvent", afterEvents: 1 });
      assert.ok((await collect(await stream(user({ text: "hello" })))).some((event) => event.messageStop));
    });
  });
}
