import { parseArgs } from 'node:util'
import { FAULTS } from './all.ts'
import type { Fault } from './fault.ts'
import { runFault } from './run-fault.ts'
import { tableLine } from './table.ts'

/*
 * npm run test:faults                            every fault, in full
 * npm run test:faults -- F2 'F4 PostgreSQL'      those families, and rows that begin so
 * npm run test:faults -- --short                 the short form, which `npm test` runs
 * npm run test:faults -- --seed 17               a run again
 */

const SENTENCES_SHOWN = 20

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean', default: false }, seed: { type: 'string' } },
})
const isShort = values.short
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const say = (line: string) => process.stdout.write(`${line}\n`)

function isWanted({ family, name, short }: Fault): boolean {
  if (positionals.length === 0) return !isShort || short === true
  return positionals.some(
    (one) =>
      one === family || (`${family} ${name}`.startsWith(`${one} `.trimEnd()) && one.includes(' ')),
  )
}

/** Whether the fault was endured; its row is printed. */
async function isEndured(fault: Fault): Promise<boolean> {
  try {
    const row = await runFault(fault, { isShort, seed })
    say(tableLine(row))
    for (const sentence of row.broken.slice(0, SENTENCES_SHOWN)) say(`    ${sentence}`)
    return row.broken.length === 0
  } catch (error) {
    say(`| ${fault.family} ${fault.name} | BROKEN: ${(error as Error).stack}`)
    return false
  }
}

const wanted = FAULTS.filter(isWanted)
say(`seed ${seed}\n${tableLine(null)}`)
let brokenCount = 0
for (const fault of wanted) if (!(await isEndured(fault))) brokenCount += 1
const isFine = wanted.length > 0 && brokenCount === 0
say(isFine ? 'Every bound holds.' : `${brokenCount} broken; again with --seed ${seed}`)
process.exitCode = isFine ? 0 : 1
