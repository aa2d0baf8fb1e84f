import type { Exchange } from '../support/exchange.ts'
import { hasKlaviyoSpecs, loadKlaviyoContract } from './contract-sandbox.ts'

/** Fails on the first answer that Klaviyo's documents do not allow, and says how many were looked at. */
export function holdAnswersToSpec(what: string, exchanges: readonly Exchange[]): void {
  if (!hasKlaviyoSpecs) return
  const contract = loadKlaviyoContract()
  const answers = exchanges.filter(({ path }) => path.startsWith('/api/'))
  for (const exchange of answers) {
    const [problem] = contract.judgeResponse(exchange)
    if (problem !== undefined) throw new Error(`${problem}\n${exchange.responseBody}`)
  }
  console.info(`${what}: ${answers.length} answers held to Klaviyo's documents`)
}
