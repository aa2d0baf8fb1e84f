import type { ApiProblem } from '../../outbound/api-problem.ts'
import { fine, type Judgement, problem, unknown, warning } from './judgement.ts'
import { causeOf, explainUnreachable } from './reach.ts'

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/
const NO_DELIVERY = 'No webhook comes: no text becomes a ticket, and no answer a text.'

/** What proxies answer when what they stand for does not. */
const NOTHING_BEHIND = [502, 503, 504]

/** Whether the address leads to this machine and nowhere else. */
export function isLoopback(url: string): boolean {
  return LOOPBACK.test(new URL(url).hostname)
}

/** Whether platforms outside could use the address; emulated ones on this machine can use any. */
export function judgeAddress(publicUrl: string, isReal: boolean): Judgement {
  const { protocol } = new URL(publicUrl)
  if (!isReal) return fine(`The sandbox delivers to ${publicUrl}.`)
  const remedy =
    'Set PUBLIC_URL to the https address under which Zendesk and Klaviyo reach this service, start it again, and apply the bridges again.'
  if (isLoopback(publicUrl))
    return problem({
      says: `PUBLIC_URL is ${publicUrl}, which leads to this machine only.`,
      remedy,
      without: NO_DELIVERY,
    })
  if (protocol !== 'https:')
    return problem({
      says: `PUBLIC_URL is ${publicUrl}, and the platforms deliver over https only.`,
      remedy,
      without: NO_DELIVERY,
    })
  return fine(`PUBLIC_URL is ${publicUrl}.`)
}

/** What came back from the service's own address. */
export type SelfAnswer =
  | { readonly kind: 'silent'; readonly problem: ApiProblem }
  /** `isOurs` when the body could only be Replyline's. */
  | { readonly kind: 'answered'; readonly status: number; readonly isOurs: boolean }

/**
 * `health` is the answer of `/healthz`, `webhooks` that of an address below `/webhooks/`, asked when the
 * first was not ours: a proxy may let only webhooks through.
 */
export function judgeSelf(
  publicUrl: string,
  health: SelfAnswer,
  webhooks: SelfAnswer | null,
): Judgement {
  if (health.kind === 'silent') return silent(publicUrl, health.problem)
  if (health.isOurs) return fine(`Replyline answers at ${publicUrl}.`)
  if (webhooks?.kind === 'answered' && webhooks.isOurs)
    return fine(`Replyline answers at ${publicUrl} below /webhooks/, which is all that is needed.`)
  if (NOTHING_BEHIND.includes(health.status))
    return problem({
      says: `${publicUrl} answers ${health.status}: what stands there does not reach Replyline.`,
      remedy: 'Start Replyline, and let the proxy pass on to its port.',
      without: NO_DELIVERY,
    })
  return problem({
    says: `Something answers at ${publicUrl} (${health.status}), but it is not Replyline.`,
    remedy: 'Let PUBLIC_URL, and the proxy behind it, lead to this service.',
    without: NO_DELIVERY,
  })
}

function silent(publicUrl: string, { detail }: ApiProblem): Judgement {
  const cause = causeOf(detail)
  const { host } = new URL(publicUrl)
  if (/is not allowed/.test(cause))
    return unknown(`${publicUrl} was not called: it is neither https nor this machine.`)
  const { says, remedy } = explainUnreachable(host, detail)
  const trouble = {
    says: `Called from here, ${publicUrl} does not answer: ${says}.`,
    without: NO_DELIVERY,
  }
  // Some networks do not lead a machine back to its own public address.
  return isLoopback(publicUrl) || !/TIMEOUT|within|REFUSED|UNREACH/i.test(cause)
    ? problem({ ...trouble, remedy })
    : warning({
        ...trouble,
        remedy: `${remedy} If the address answers from another network, all is well: some networks do not lead a machine back to itself.`,
        without: 'If it does not answer from outside either, no webhook comes.',
      })
}
