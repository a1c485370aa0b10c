// No-op jobs through graphile-worker with its batching on; arguments: database URL, jobs.
import { makeWorkerUtils, run, Logger } from "graphile-worker";
import pg from "pg";

const [, , connectionString, count] = process.argv;
const jobs = Number(count);
const batch = 1000;
const logger = new Logger(() => () => {});
const utils = await makeWorkerUtils({ connectionString, logger });
await utils.migrate();

const pool = new pg.Pool({ connectionString });
let from = performance.now();
for (let i = 0; i < jobs; i += batch)
  await pool.query(
    `select count(*) from graphile_worker.add_jobs(array(
       select json_populate_record(null::graphile_worker.job_spec, json_build_object('identifier', 'noop', 'payload', json_build_object('number', n)))
       from generate_series($1::int, $2::int) as n))`,
    [i, Math.min(i + batch, jobs) - 1]);
const enqueued = performance.now() - from;

let left = jobs;
from = performance.now();
let finished;
const all = new Promise((resolve) => (finished = resolve));
const runner = await run({
  logger,
  noHandleSignals: true,
  preset: { worker: { connectionString, concurrentJobs: 24, localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0, maxPoolSize: 10 } },
  taskList: { noop: async () => { if (--left === 0) finished(); } },
});
await all;
await runner.stop();
const worked = performance.now() - from;
await utils.release();
await pool.end();
console.log(JSON.stringify({ jobs_per_second: jobs / worked * 1000, enqueue_batched: jobs / enqueued * 1000 }));
process.exit(0);
