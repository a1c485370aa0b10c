// No-op jobs through pg-boss's own workers, which fetch on without a pause while their batches come full; arguments: database URL, jobs.
import { PgBoss } from "pg-boss";

const [, , connectionString, count] = process.argv;
const jobs = Number(count);
const batch = 1000;
const boss = new PgBoss({ connectionString, supervise: false, schedule: false });
boss.on("error", (error) => console.error(error));
await boss.start();
await boss.createQueue("noop");

let left = 0;
let finished;
async function pass() {
  let from = performance.now();
  for (let i = 0; i < jobs; i += batch)
    await boss.insert("noop", Array.from({ length: Math.min(batch, jobs - i) }, (_, n) => ({ data: { number: i + n } })));
  const enqueued = performance.now() - from;

  left = jobs;
  const all = new Promise((resolve) => (finished = resolve));
  from = performance.now();
  await boss.work(
    "noop",
    { batchSize: 500, localConcurrency: 4, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 },
    async (batch) => { if ((left -= batch.length) === 0) finished(); });
  await all;
  // In its favour: the ends of its last batches are still to be written.
  const worked = performance.now() - from;
  await boss.offWork("noop");
  return { jobs_per_second: jobs / worked * 1000, enqueue_batched: jobs / enqueued * 1000 };
}

// The first pass is to warm up.
await pass();
const figures = await pass();
await boss.stop({ graceful: false });
console.log(JSON.stringify(figures));
process.exit(0);
