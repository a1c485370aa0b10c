// What a program does with OpenAI's client for Node; prints what it saw as one line of JSON. Arguments: base URL, API key, a key that may only read.
import OpenAI from "openai";

const [, , baseURL, apiKey, readerKey] = process.argv;
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const messages = [{ role: "user", content: "Say hello." }];
const weather = { type: "function", function: { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } } };
const seen = {};

const answer = await client.chat.completions.create({ model: "up/plain", messages });
seen.answer = answer.choices[0].message.content;
seen.usage = answer.usage.total_tokens;

const pieces = [];
for await (const chunk of await client.chat.completions.create({ model: "up/plain", messages, stream: true, stream_options: { include_usage: true } })) {
  if (chunk.choices[0]?.delta.content) pieces.push(chunk.choices[0].delta.content);
  if (chunk.usage) seen.streamedUsage = chunk.usage.total_tokens;
}
seen.streamed = pieces;

const called = await client.chat.completions.stream({ model: "up/tools", messages, tools: [weather] }).finalChatCompletion();
seen.call = called.choices[0].message.tool_calls[0].function;

seen.vector = (await client.embeddings.create({ model: "builtin/glove-ngram-v1", input: "A harbour." })).data[0].embedding.length;
seen.models = [];
for await (const model of client.models.list()) seen.models.push(model.id);
seen.model = (await client.models.retrieve("offline/offline")).id;

async function refused(ask) {
  try {
    await ask();
  } catch (error) {
    return `${error.constructor.name} ${error.status} ${error.code}`;
  }
}
const ask = (model, more, of = client) => () => of.chat.completions.create({ model, messages, ...more });
seen.errors = [
  await refused(ask("up/plain", {}, new OpenAI({ baseURL, apiKey: "sk_live_wrong", maxRetries: 0 }))),
  await refused(ask("up/plain", {}, new OpenAI({ baseURL, apiKey: readerKey, maxRetries: 0 }))),
  await refused(ask("nobody/m")),
  await refused(ask("up/limited")),
  await refused(ask("up/plain", { n: 2 })),
  await refused(async () => { for await (const _ of await client.chat.completions.create({ model: "up/broken", messages, stream: true })); }),
];
console.log(JSON.stringify(seen));
