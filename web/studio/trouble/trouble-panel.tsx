import { Button, Loader, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Troubles } from '../api/host.ts'
import { useDoubts, useTroubles } from '../api/reads.ts'
import { setAllRight } from '../api/trouble-deeds.ts'
import { useDeed } from '../api/use-deed.ts'
import type { Doubt } from '../api/world.ts'
import { Problem } from '../problem.tsx'
import { ActiveFaults } from './active-faults.tsx'
import { Doubts } from './doubts.tsx'
import { FaultForm } from './fault-form.tsx'
import { LimitsAndGrants } from './limits-and-grants.tsx'
import { NativeIntegration } from './native-integration.tsx'
import classes from './trouble.module.css'
import { WebhookManners } from './webhook-manners.tsx'
import { wrongInWords } from './what-is-wrong.ts'

/** What can go wrong between Replyline and the platforms, to be switched on and off. */
export function TroublePanel() {
  const troubles = useTroubles()
  const doubts = useDoubts()
  if (troubles.data !== undefined && doubts.data !== undefined)
    return <Sections troubles={troubles.data} doubts={doubts.data.settings} />
  const problem = troubles.error ?? doubts.error
  return problem === null ? (
    <Loader size="sm" aria-label="Reading what goes wrong" />
  ) : (
    <Problem text={problem.message} />
  )
}

type Parts = { readonly troubles: Troubles; readonly doubts: readonly Doubt[] }

function Sections({ troubles, doubts }: Parts) {
  return (
    <div className={classes.sections}>
      <AllRight troubles={troubles} doubts={doubts} />
      <Section title="A platform fails">
        <FaultForm />
        <ActiveFaults faults={troubles.faults} />
      </Section>
      <Section title="Webhooks">
        <WebhookManners webhooks={troubles.webhooks} />
      </Section>
      <Section title="Limits and grants">
        <LimitsAndGrants {...troubles} />
      </Section>
      <Section title="Klaviyo's own Zendesk integration">
        <NativeIntegration account={troubles.grants[0]?.account ?? ''} />
      </Section>
      <Section title="Doubts">
        <Doubts doubts={doubts} />
      </Section>
    </div>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <Title order={3} size="sm">
        {title}
      </Title>
      {children}
    </section>
  )
}

function AllRight({ troubles, doubts }: Parts) {
  const deed = useDeed(setAllRight)
  const words = wrongInWords(troubles, doubts)
  return (
    <>
      <div className={classes.now}>
        <Text size="xs" c="dimmed">
          {words ?? 'Nothing goes wrong now.'}
        </Text>
        <Button
          size="compact-xs"
          variant="default"
          disabled={words === null}
          loading={deed.isBusy}
          onClick={() => deed.run(troubles.grants, doubts)}
        >
          All as at first
        </Button>
      </div>
      <Problem text={deed.problem} />
    </>
  )
}
