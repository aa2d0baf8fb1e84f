import { fine, type Judgement, warning } from './judgement.ts'

export type SetUp = {
  readonly accounts: readonly { readonly platform: string; readonly name: string }[]
  /** Accounts that no bridge uses. */
  readonly idle: readonly string[]
  readonly bridges: readonly string[]
}

/** What is connected, and how to go on where something is not. */
export function judgeSetUp({ accounts, idle, bridges }: SetUp): readonly Judgement[] {
  const begin =
    'Begin on the page Connections, or copy examples/bridge.yaml and run "npx replyline apply -f bridge.yaml".'
  if (accounts.length === 0)
    return [
      warning({
        says: 'Nothing is set up yet: neither Zendesk nor Klaviyo is connected.',
        remedy: begin,
        without: 'Nothing crosses. "npm run demo" shows everything without any account.',
      }),
    ]
  const absent = ['Zendesk', 'Klaviyo'].find(
    (name) => !accounts.some(({ platform }) => platform === name.toLowerCase()),
  )
  if (absent !== undefined)
    return [warning({ says: `${absent} is not connected yet.`, remedy: begin, without: NOTHING })]
  if (bridges.length === 0)
    return [
      warning({
        says: 'Both platforms are connected, but no bridge joins two accounts yet.',
        remedy: 'Make a bridge on the page Connections.',
        without: NOTHING,
      }),
    ]
  return [
    fine(`Bridges: ${bridges.join(', ')}.`),
    ...idle.map((name) =>
      warning({
        says: `The account ${name} is connected, but no bridge uses it.`,
        remedy: 'Make a bridge with it, or remove it, on the page Connections.',
        without: 'The bridges that there are work all the same.',
      }),
    ),
  ]
}

const NOTHING = 'Nothing crosses yet.'
