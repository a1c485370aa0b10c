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
async function pass() {
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
  return { jobs_per_second: jobs / (performance.now() - from) * 1000, enqueue_batched: jobs / enqueued * 1000 };
}

// The first pass is to warm up.
await pass();
const figures = await pass();
await utils.release();
await pool.end();
console.log(JSON.stringify(figures));
process.exit(0);
