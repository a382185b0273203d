// Drives the control plane of FakeBedrock and FakeS3 with the official clients.
// Started by the C# tests, which run the servers and name them in the environment.
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { before, beforeEach, after, describe, test } from "node:test";
import * as bedrock from "@aws-sdk/client-bedrock";
import * as s3 from "@aws-sdk/client-s3";
import { NodeHttpHandler, NodeHttp2Handler } from "@smithy/node-http-handler";

const keys = { accessKeyId: "AKIDFAKEBEDROCK", secretAccessKey: "fake-secret" };
const bucket = "pictures-batch";
const protocols = [
  { name: "HTTP/1.1", endpoint: process.env.FAKE_BEDROCK_HTTP1, handler: () => new NodeHttpHandler() },
  { name: "HTTP/2", endpoint: process.env.FAKE_BEDROCK_HTTP2, handler: () => new NodeHttp2Handler() },
];
const ask = (path, method, body) => fetch(new URL(`/_fake/${path}`, process.env.FAKE_BEDROCK_HTTP1), { method, body });
const store = (options = {}) => new s3.S3Client({ region: "us-east-1", endpoint: process.env.FAKE_S3, forcePathStyle: true, credentials: keys, ...options });
const put = (client, Key, Body, more = {}) => client.send(new s3.PutObjectCommand({ Bucket: bucket, Key, Body, ...more }));
const text = async (client, Key, more = {}) => (await client.send(new s3.GetObjectCommand({ Bucket: bucket, Key, ...more }))).Body.transformToString();
const lines = (count, input = (at) => ({ inputText: `picture ${at}` })) =>
  Array.from({ length: count }, (_, at) => JSON.stringify({ recordId: `R${String(at).padStart(10, "0")}`, modelInput: input(at) })).join("\n") + "\n";
const request = (more = {}) => ({
  jobName: "proof", roleArn: "arn:aws:iam::123456789012:role/batch", modelId: "amazon.titan-embed-image-v1",
  inputDataConfig: { s3InputDataConfig: { s3Uri: `s3://${bucket}/in/part.jsonl` } },
  outputDataConfig: { s3OutputDataConfig: { s3Uri: `s3://${bucket}/out/` } }, ...more,
});

describe("S3", () => {
  let client;
  before(() => { client = store(); });
  after(() => client.destroy());

  test("an object comes back as it was put, with any key", async () => {
    await put(client, "odd/a b+ü&=.jsonl", "hello");
    assert.equal(await text(client, "odd/a b+ü&=.jsonl"), "hello");
  });

  test("a stream is put in chunks with its checksum behind it", async () => {
    await put(client, "stream", Readable.from([Buffer.from("abc"), Buffer.from("def")]), { ContentLength: 6 });
    assert.equal(await text(client, "stream"), "abcdef");
  });

  test("a part of an object is read, and only of the object that was meant", async () => {
    const { ETag } = await put(client, "range", "0123456789");
    assert.equal(await text(client, "range", { Range: "bytes=3-5", IfMatch: ETag }), "345");
    assert.equal(await text(client, "range", { Range: "bytes=8-" }), "89");
    await assert.rejects(text(client, "range", { IfMatch: "\"other\"" }), (error) => error.name === "PreconditionFailed");
    await assert.rejects(text(client, "range", { Range: "bytes=10-" }), (error) => error.name === "InvalidRange");
  });

  test("a large object comes in parts", async () => {
    const whole = { Bucket: bucket, Key: "large" };
    const { UploadId } = await client.send(new s3.CreateMultipartUploadCommand(whole));
    const Parts = [];
    for (const [at, Body] of [Buffer.alloc(5 << 20, "a"), Buffer.from("end")].entries()) {
      const { ETag } = await client.send(new s3.UploadPartCommand({ ...whole, UploadId, PartNumber: at + 1, Body }));
      Parts.push({ ETag, PartNumber: at + 1 });
    }
    await client.send(new s3.CompleteMultipartUploadCommand({ ...whole, UploadId, MultipartUpload: { Parts } }));
    assert.equal(await text(client, "large", { Range: `bytes=${(5 << 20) - 1}-` }), "aend");
    await assert.rejects(client.send(new s3.UploadPartCommand({ ...whole, UploadId: "none", PartNumber: 1, Body: "x" })), (error) => error.name === "NoSuchUpload");
  });

  test("the head says the size", async () => {
    await put(client, "head", "four");
    assert.equal((await client.send(new s3.HeadObjectCommand({ Bucket: bucket, Key: "head" }))).ContentLength, 4);
    await assert.rejects(client.send(new s3.HeadObjectCommand({ Bucket: bucket, Key: "none" })), s3.NotFound);
  });

  test("a list comes in pages", async () => {
    for (const at of [1, 2, 3]) await put(client, `list/${at}`, "x");
    const found = [];
    for await (const page of s3.paginateListObjectsV2({ client, pageSize: 2 }, { Bucket: bucket, Prefix: "list/" })) {
      found.push(...page.Contents.map((item) => item.Key));
    }
    assert.deepEqual(found, ["list/1", "list/2", "list/3"]);
  });

  test("what is deleted is gone", async () => {
    await put(client, "gone", "x");
    await client.send(new s3.DeleteObjectCommand({ Bucket: bucket, Key: "gone" }));
    await assert.rejects(text(client, "gone"), s3.NoSuchKey);
  });

  test("a bucket that is not there, a wrong key, a wrong secret and a wrong checksum are refused", async () => {
    await assert.rejects(client.send(new s3.GetObjectCommand({ Bucket: "not-there", Key: "x" })), (error) => error.name === "NoSuchBucket");
    for (const [credentials, name] of [
      [{ ...keys, secretAccessKey: "wrong" }, "SignatureDoesNotMatch"], [{ ...keys, accessKeyId: "AKIDNOBODY" }, "InvalidAccessKeyId"],
      [{ ...keys, sessionToken: "stale" }, "ExpiredToken"],
    ]) {
      const other = store({ credentials });
      await assert.rejects(put(other, "x", "x"), (error) => error.name === name, name);
      other.destroy();
    }
    await assert.rejects(put(client, "x", "x", { ChecksumCRC32: "AAAAAA==" }), (error) => error.name === "BadDigest");
  });
});

for (const protocol of protocols) {
  describe(`batch jobs over ${protocol.name}`, () => {
    let client;
    let files;
    const create = (more) => client.send(new bedrock.CreateModelInvocationJobCommand(request(more)));
    const look = (jobIdentifier) => client.send(new bedrock.GetModelInvocationJobCommand({ jobIdentifier }));
    const followed = async (arn) => {
      const seen = [];
      for (;;) {
        const job = await look(arn);
        seen.push(job.status);
        if (!["Submitted", "Validating", "Scheduled", "InProgress", "Stopping"].includes(job.status)) return { job, seen };
      }
    };

    before(() => {
      client = new bedrock.BedrockClient({ region: "us-east-1", endpoint: protocol.endpoint, credentials: keys, requestHandler: protocol.handler() });
      files = store();
    });
    beforeEach(() => ask("faults", "DELETE"));
    after(() => { client.destroy(); files.destroy(); });

    test("a job goes through its states and writes its records and its manifest", async () => {
      await put(files, "in/part.jsonl", lines(100, (at) => (at === 7 ? { inputText: "" } : { inputText: `picture ${at}`, embeddingConfig: { outputEmbeddingLength: 256 } })));
      const { jobArn } = await create();
      assert.match(jobArn, /^arn:aws:bedrock:us-east-1:\d{12}:model-invocation-job\/[a-z0-9]{12}$/);
      const { job, seen } = await followed(jobArn);
      assert.deepEqual(seen, ["Validating", "Scheduled", "InProgress", "Completed"]);
      assert.deepEqual([job.totalRecordCount, job.processedRecordCount, job.successRecordCount, job.errorRecordCount], [100, 100, 99, 1]);
      assert.ok(job.submitTime instanceof Date && job.endTime instanceof Date);
      const folder = `out/${jobArn.split("/").at(-1)}`;
      const records = (await text(files, `${folder}/part.jsonl.out`)).trim().split("\n").map((line) => JSON.parse(line));
      const byId = Object.fromEntries(records.map((record) => [record.recordId, record]));
      assert.equal(records.length, 100);
      assert.equal(byId.R0000000003.modelOutput.embedding.length, 256);
      assert.equal(byId.R0000000003.modelInput.inputText, "picture 3");
      assert.equal(byId.R0000000007.error.errorCode, 400);
      assert.equal(byId.R0000000007.modelOutput, undefined);
      assert.equal(JSON.parse(await text(files, `${folder}/manifest.json.out`)).errorRecordCount, 1);
    });

    test("the same token makes the same job", async () => {
      const clientRequestToken = `token-${protocol.name.replace(/[^a-z0-9]/gi, "")}`;
      const [first, second, other] = [await create({ clientRequestToken }), await create({ clientRequestToken }), await create({ clientRequestToken: `${clientRequestToken}x` })];
      assert.equal(first.jobArn, second.jobArn);
      assert.notEqual(first.jobArn, other.jobArn);
      for (const { jobArn } of [first, other]) await followed(jobArn);
    });

    test("a job with too few records fails and says so", async () => {
      await put(files, "in/few.jsonl", lines(99));
      const { jobArn } = await create({ inputDataConfig: { s3InputDataConfig: { s3Uri: `s3://${bucket}/in/few.jsonl` } } });
      const { job } = await followed(jobArn);
      assert.equal(job.status, "Failed");
      assert.match(job.message, /less records \(99\) than the required minimum of: 100/);
    });

    test("a job in progress is stopped, and an ended one is not", async () => {
      await ask("jobs", "POST", JSON.stringify({ looksInProgress: -1 }));
      const { jobArn } = await create();
      await client.send(new bedrock.StopModelInvocationJobCommand({ jobIdentifier: jobArn }));
      assert.equal((await followed(jobArn)).job.status, "Stopped");
      await assert.rejects(client.send(new bedrock.StopModelInvocationJobCommand({ jobIdentifier: jobArn })), bedrock.ConflictException);
    });

    for (const [end, processed] of [["PartiallyCompleted", 60], ["Expired", 0], ["Failed", 0]]) {
      test(`a job can end as ${end}`, async () => {
        await ask("jobs", "POST", JSON.stringify({ end, processed, message: "told to" }));
        const { jobArn } = await create();
        const { job } = await followed(jobArn);
        assert.deepEqual([job.status, job.message, job.processedRecordCount], [end, "told to", processed]);
      });
    }

    test("jobs are listed by name, the newest first, in pages", async () => {
      const jobName = `listed-${protocol.name.replace(/[^a-z0-9]/gi, "")}`;
      for (const at of [1, 2, 3]) await followed((await create({ jobName: `${jobName}-${at}` })).jobArn);
      const names = [];
      for await (const page of bedrock.paginateListModelInvocationJobs({ client, pageSize: 2 }, { nameContains: jobName })) {
        names.push(...page.invocationJobSummaries.map((job) => job.jobName));
      }
      assert.deepEqual(names, [3, 2, 1].map((at) => `${jobName}-${at}`));
    });

    const refused = [
      ["a role that is none", { roleArn: "batch" }, "ValidationException"], ["a name with a space", { jobName: "a b" }, "ValidationException"],
      ["a time-out of a minute", { timeoutDurationInHours: 1 }, "ValidationException"],
      ["a model that is gone", { modelId: "anthropic.claude-3-sonnet-20240229-v1:0" }, "ResourceNotFoundException"],
      ["a model without batches", { modelId: "amazon.nova-lite-v1:0" }, "ValidationException"],
    ];
    for (const [what, more, type] of refused) {
      test(`${what} is refused`, () => assert.rejects(create(more), bedrock[type]));
    }

    test("a job that is not there is not found", () => assert.rejects(look("000000000000"), bedrock.ResourceNotFoundException));

    for (const [type, attempts] of [["ThrottlingException", 3], ["InternalServerException", 3], ["AccessDeniedException", 1], ["ServiceQuotaExceededException", 1], ["ConflictException", 1]]) {
      test(`${type} is understood`, async () => {
        await ask("faults", "POST", JSON.stringify({ kind: "Error", type, message: "told to", times: attempts, operation: "CreateModelInvocationJob" }));
        await assert.rejects(create(), (error) => error instanceof bedrock[type] && error.$metadata.attempts === attempts);
      });
    }

    test("a wrong secret is refused", async () => {
      const stranger = new bedrock.BedrockClient({
        region: "us-east-1", endpoint: protocol.endpoint, credentials: { ...keys, secretAccessKey: "wrong" }, requestHandler: protocol.handler(),
      });
      await assert.rejects(stranger.send(new bedrock.ListModelInvocationJobsCommand({ nameContains: "a b" })), (error) => error.name === "InvalidSignatureException");
      stranger.destroy();
    });
  });
}
