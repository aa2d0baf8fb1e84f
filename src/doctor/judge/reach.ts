import { MINUTE, SECOND } from '../../kernel/instant.ts'
import type { ApiProblem } from '../../outbound/api-problem.ts'
import { fine, type Judgement, problem, warning } from './judgement.ts'

type Trouble = { readonly sign: RegExp; readonly says: string; readonly remedy: string }

/** By the code of Node's and undici's errors; the first row that fits counts. `HOST` stands for the host. */
const TROUBLES: readonly Trouble[] = [
  {
    sign: /not among the hosts/,
    says: 'HOST is no host of the platforms, and is not named in PLATFORM_HOSTS',
    remedy:
      'If it is a sandbox, start the service with the settings that the sandbox prints. Else remove the connection and connect the real account.',
  },
  {
    sign: /ENOTFOUND|EAI_/,
    says: 'the name HOST is not known (DNS)',
    remedy: 'Check the spelling of the address, and that the name servers of this machine answer.',
  },
  {
    sign: /EPROTO|ERR_SSL|wrong version number/,
    says: 'HOST is reached, but does not speak https as it should (TLS)',
    remedy: 'See that https is spoken at this port, and in a version that is not outdated.',
  },
  {
    sign: /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|ERR_TLS/,
    says: 'HOST is reached, but its certificate is not accepted (TLS)',
    remedy:
      'See that the certificate is for this name, has not expired and comes with its chain; and that no proxy between replaces it.',
  },
  {
    sign: /ECONNREFUSED/,
    says: 'HOST refuses the connection: nothing listens at this port',
    remedy: 'Start what should answer there, or correct the port.',
  },
  {
    sign: /TIMEOUT|ETIMEDOUT|no whole answer within/i,
    says: 'HOST does not answer in time',
    remedy: 'See whether a firewall or proxy between holds the connection back.',
  },
  {
    sign: /UNREACH|EADDRNOTAVAIL/,
    says: 'there is no way to HOST from this network',
    remedy: 'See to the network of this machine.',
  },
  {
    sign: /ECONNRESET|EPIPE|SOCKET|closed/i,
    says: 'HOST cut the connection before it answered',
    remedy: 'Check again. If it stays so, see what a proxy or firewall between does.',
  },
]

/** Without the request that the detail begins with: a host may be called anything. */
export function causeOf(detail: string): string {
  return detail.replace(/^[A-Z]+ \S+: /, '')
}

/** Names, certificates, refusals and timeouts told apart; `detail` is an `unreachable` problem's. */
export function explainUnreachable(
  host: string,
  detail: string,
): { readonly says: string; readonly remedy: string } {
  const cause = causeOf(detail)
  const known = TROUBLES.find(({ sign }) => sign.test(cause))
  if (known === undefined)
    return { says: `${host} cannot be reached (${cause})`, remedy: 'See to the network.' }
  return { says: known.says.replace('HOST', host), remedy: known.remedy }
}

/** How a call without credentials ended: any status is an answer. */
export type Reached =
  | { readonly kind: 'answered'; readonly status: number; readonly clockOffMs: number | null }
  | { readonly kind: 'silent'; readonly problem: ApiProblem }

const WAITS = 'What comes meanwhile is kept, and done in order once it answers.'

/** Whether the platform can be reached at all, before any credential is looked at. */
export function judgeReach(platform: string, host: string, reached: Reached): Judgement {
  if (reached.kind === 'silent') {
    const { says, remedy } = explainUnreachable(host, reached.problem.detail)
    return problem({ says: `${platform} cannot be reached: ${says}.`, remedy, without: WAITS })
  }
  if (reached.status < 500) return fine(`${platform} answers at ${host}.`)
  return problem({
    says: `${platform} answers at ${host}, but with ${reached.status}: it has trouble.`,
    remedy: `See ${platform}'s status page. Nothing needs to be done here.`,
    without: WAITS,
  })
}

const WARN_FROM_MS = MINUTE
const PROBLEM_FROM_MS = 4 * MINUTE

/** `offMs` is our time less theirs. Signatures carry time, and are refused from five minutes on. */
export function judgeClock(platform: string, offMs: number): Judgement {
  const off = Math.abs(offMs)
  const seconds = Math.round(off / SECOND)
  if (off < WARN_FROM_MS)
    return fine(`The clock agrees with ${platform}'s, within ${Math.max(seconds, 1)} s.`)
  const says = `The clock of this machine is ${seconds} s ${offMs > 0 ? 'ahead of' : 'behind'} ${platform}'s.`
  const remedy = 'Let the machine keep its time by NTP, then check again.'
  return off < PROBLEM_FROM_MS
    ? warning({ says, remedy, without: 'Webhooks are taken up to a difference of 5 minutes.' })
    : problem({
        says,
        remedy,
        without: 'Webhooks are refused from a difference of 5 minutes on, and then lost.',
      })
}
