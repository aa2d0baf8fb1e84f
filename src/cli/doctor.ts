import { parseArgs } from 'node:util'
import { openOutbound } from '../app.ts'
import type { Config } from '../config.ts'
import type { DoctorDeps } from '../doctor/doctor-deps.ts'
import { type Finding, tallyOf } from '../doctor/finding.ts'
import { runDoctor } from '../doctor/run-doctor.ts'
import type { Progress } from '../doctor/run-lanes.ts'
import { systemClock } from '../follow-clock.ts'
import { toIso } from '../kernel/instant.ts'
import { type Database, StartProblem } from '../open-database.ts'
import { doctorDeps } from '../open-doctor.ts'
import { openSeal } from '../open-seal.ts'
import type { Command } from './command.ts'
import { tellFindings } from './tell-findings.ts'
import { withDatabase } from './with-database.ts'

/** Looks whether everything is in order. The exit code is 1 when there are problems; warnings are none. */
export const doctor: Command = async (args, config) => {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false }, bridge: { type: 'string' } },
  })
  const findings = await withDatabase(config, (database) =>
    examine(config, database, values.bridge ?? null),
  )
  const tally = tallyOf(findings)
  const at = toIso(systemClock.now())
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ at, tally, findings }, null, 2)}\n`
      : `${tellFindings(findings)}\n`,
  )
  return tally.problem === 0 ? 0 : 1
}

async function examine(
  config: Config,
  database: Database,
  bridge: string | null,
): Promise<readonly Finding[]> {
  const outbound = openOutbound(config)
  const findings: Finding[] = []
  try {
    const isKnown = await runDoctor(
      await depsOf(config, database, outbound),
      bridge,
      (progress) => {
        if (progress.kind === 'found') findings.push(progress.finding)
        showProgress(progress)
      },
    )
    if (isKnown) return findings
    throw new StartProblem(`there is no bridge "${bridge}"`)
  } finally {
    clearProgress()
    await outbound.close()
  }
}

async function depsOf(
  config: Config,
  database: Database,
  outbound: DoctorDeps['outbound'],
): Promise<DoctorDeps> {
  const seal = await openSeal(config, database.db)
  const failpoint = () => undefined
  return doctorDeps(config, { ...database, outbound, seal, clock: systemClock, failpoint })
}

const CLEAR_LINE = '\r\u001b[K'

/** One line that is written over, and only where a person looks on. */
function showProgress(progress: Progress): void {
  if (!process.stderr.isTTY || progress.kind !== 'looking') return
  const line = `Looking at ${progress.at} (${progress.about}) …`
  process.stderr.write(`${CLEAR_LINE}${line.slice(0, (process.stderr.columns ?? 80) - 1)}`)
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write(CLEAR_LINE)
}
