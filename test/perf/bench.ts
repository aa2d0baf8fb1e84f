import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { backlog } from './programs/backlog.ts'
import { batch } from './programs/batch.ts'
import { campaign } from './programs/campaign.ts'
import { delivery } from './programs/delivery.ts'
import { intake } from './programs/intake.ts'
import { latency } from './programs/latency.ts'
import type { Program } from './programs/program.ts'
import { quota } from './programs/quota.ts'

/** The figures of docs/performance.md: `npm run bench -- NAME`, one JSON line for each result. */
const PROGRAMS = [intake, delivery, latency, batch, campaign, backlog, quota]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    stored: { type: 'boolean', default: false },
    conversations: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    events: { type: 'string', default: '1000000' },
    waiting: { type: 'string', default: '100000' },
  },
})

const wanted = PROGRAMS.filter(({ name }) =>
  positionals.some((word) => word === name || word === 'all'),
)
if (wanted.length === 0) listPrograms()
for (const program of wanted) await run(program)

function listPrograms(): void {
  for (const { name, measures } of PROGRAMS) console.log(`${name.padEnd(9)} ${measures}`)
  console.log('all       each of them in turn')
  console.log('--stored  beside 100 bridges and a million conversations; --conversations for fewer')
  console.log('--seconds and --rounds of a measurement; --events of campaign; --waiting of backlog')
}

async function run(program: Program): Promise<void> {
  await program.run({
    stored: values.stored ? Number(values.conversations) : 0,
    seconds: Number(values.seconds),
    rounds: Number(values.rounds),
    events: Number(values.events),
    waiting: Number(values.waiting),
    report: (figures) =>
      console.log(
        JSON.stringify({
          program: program.name,
          stored: values.stored,
          ...figures,
          load: loadavg().map((load) => Math.round(load * 100) / 100),
          at: new Date().toISOString(),
        }),
      ),
  })
}
