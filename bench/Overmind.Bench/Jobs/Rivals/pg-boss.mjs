// No-op jobs through pg-boss, fetched and completed in batches by hand, which is faster than its polling workers; arguments: database URL, jobs.
import { PgBoss } from "pg-boss";

const [, , connectionString, count] = process.argv;
const jobs = Number(count);
const batch = 1000;
const boss = new PgBoss({ connectionString, supervise: false, schedule: false });
boss.on("error", (error) => console.error(error));
await boss.start();
await boss.createQueue("noop");

let from = performance.now();
for (let i = 0; i < jobs; i += batch)
  await boss.insert("noop", Array.from({ length: Math.min(batch, jobs - i) }, (_, n) => ({ data: { number: i + n } })));
const enqueued = performance.now() - from;

from = performance.now();
await Promise.all(Array.from({ length: 4 }, async () => {
  for (;;) {
    const fetched = await boss.fetch("noop", { batchSize: 500 });
    if (!fetched?.length) return;
    await boss.complete("noop", fetched.map((job) => job.id));
  }
}));
const worked = performance.now() - from;
await boss.stop({ graceful: false });
console.log(JSON.stringify({ jobs_per_second: jobs / worked * 1000, enqueue_batched: jobs / enqueued * 1000 }));
process.exit(0);
