// What a program does with the official client for Node; prints what it saw as one line of JSON. Arguments: address, API key, a key that may only read.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [, , address, key, readerKey] = process.argv;
const seen = {};

async function connect(token) {
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(new URL(address), { requestInit: { headers: { Authorization: `Bearer ${token}` } } }));
  return client;
}

const client = await connect(key);
seen.server = client.getServerVersion().name;
seen.tools = (await client.listTools()).tools.map(tool => tool.name).sort();
const call = async (name, args, of = client) => {
  const result = await of.callTool({ name, arguments: args });
  return { error: result.isError ?? false, ...JSON.parse(result.content[0].text), structured: result.structuredContent };
};
const kept = await call("remember", { content: "The harbour crane is called Berta.", category: "fact" });
seen.isNew = kept.structured.is_new;
seen.again = (await call("remember", { content: "The harbour crane is called Berta." })).structured;
seen.same = seen.again.id === kept.id;
seen.found = (await call("search_memories", { query: "What is the crane called?" })).structured.memories.map(m => m.content);
const reader = await connect(readerKey);
seen.readerFound = (await call("search_memories", { query: "crane" }, reader)).structured.memories.length;
seen.errors = [
  (await call("remember", { content: "No." }, reader)).code,
  (await call("remember", { content: "", importance: 2 })).code,
  (await call("search_memories", { query: "crane", limit: 1000 })).code,
  (await call("search_memories", { query: "crane", kind: "all" })).code,
  (await call("forget", { id: "00000000-0000-0000-0000-000000000000" })).code,
];
seen.forgotten = (await call("forget", { id: kept.id })).structured.forgotten;
seen.left = (await call("search_memories", { query: "crane" })).structured.memories.length;
try {
  await connect("sk_live_wrong");
} catch (error) {
  seen.refused = error.code ?? error.message;
}
await client.close();
await reader.close();
console.log(JSON.stringify(seen));
