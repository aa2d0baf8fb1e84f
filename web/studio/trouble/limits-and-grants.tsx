import { Switch, Text } from '@mantine/core'
import type { Troubles } from '../api/host.ts'
import { setGrants, setLimits } from '../api/trouble-deeds.ts'
import { useDeed } from '../api/use-deed.ts'
import { Problem } from '../problem.tsx'
import classes from './trouble.module.css'

/** Whether the platforms count calls, and what Klaviyo has granted to each account. */
export function LimitsAndGrants({ isLimited, grants }: Troubles) {
  const limits = useDeed(setLimits)
  const granting = useDeed(setGrants)
  return (
    <>
      <Switch
        size="xs"
        label="Both platforms keep their rate limits"
        checked={isLimited}
        onChange={(event) => limits.run(event.currentTarget.checked)}
      />
      {grants.map(({ account, name, conversations, webhooks }) => (
        <fieldset key={account} className={classes.account}>
          <legend className="said">Klaviyo grants {name}</legend>
          <Switch
            size="xs"
            label="system webhooks"
            checked={webhooks}
            onChange={(event) => granting.run(account, { webhooks: event.currentTarget.checked })}
          />
          <Switch
            size="xs"
            label="the Conversations API"
            checked={conversations}
            onChange={(event) =>
              granting.run(account, { conversations: event.currentTarget.checked })
            }
          />
        </fieldset>
      ))}
      <Text size="xs" c="dimmed">
        Without the first nothing can be set up; without the second answers are refused.
      </Text>
      <Problem text={limits.problem ?? granting.problem} />
    </>
  )
}
