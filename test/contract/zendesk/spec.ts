import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Exchange } from '../support/exchange.ts'
import { type Contract, loadContract } from '../support/openapi.ts'
import { UNDECLARED_CALLS, ZENDESK_EXCEPTIONS } from './exceptions.ts'
import { withoutSetAside } from './set-aside.ts'

const FOLDER = join(import.meta.dirname, '../../../../shared/specs')

/** The unofficial document writes its paths without `/api/v2`, which its server holds. */
const FILES = ['zendesk-support-oas.yaml', 'zendesk-webhooks-oas.unofficial.yaml'].map((name) =>
  join(FOLDER, name),
)

export const hasZendeskSpecs = FILES.every((file) => existsSync(file))
if (!hasZendeskSpecs) console.warn(`answers are not held to Zendesk's documents: no ${FOLDER}`)

export function loadZendeskContract(): Contract {
  return loadContract(FILES, { exceptions: ZENDESK_EXCEPTIONS, undeclared: 'is a problem' })
}

/** Fails on the first answer that Zendesk's documents do not allow, and says how many were looked at. */
export function holdAnswersToSpec(what: string, exchanges: readonly Exchange[]): void {
  if (!hasZendeskSpecs) return
  const contract = loadZendeskContract()
  const answers = exchanges.filter(isDeclared)
  for (const exchange of answers) {
    const [problem] = contract.judgeResponse(withoutSetAside(exchange))
    if (problem !== undefined) throw new Error(`${problem}\n${exchange.responseBody}`)
  }
  console.info(`${what}: ${answers.length} answers held to Zendesk's documents`)
}

/** Whether Zendesk's documents speak of the call at all. */
export function isDeclared({ method, path }: Exchange): boolean {
  const call = `${method} ${path.split('?')[0]?.replace(/\.json$/, '')}`
  return (
    path.startsWith('/api/') && !UNDECLARED_CALLS.some((undeclared) => undeclared.call.test(call))
  )
}
