import { Code, Text } from '@mantine/core'
import { PATHS } from '../paths.ts'
import { PageLink } from './link.tsx'
import { SETTING_REMEDIES } from './setting-remedies.ts'

type Props = {
  /** The code from the closed list of reasons. */
  readonly code: string
  /** What it means. */
  readonly says: string | null
  /** What would change it; null where nothing needs to change. */
  readonly remedy: string | null
  /** The bridge's name, whose settings a remedy may lead to. */
  readonly bridge: string
  /** Whether the code itself is shown. */
  readonly withCode?: boolean
}

/** Why something was decided, in words, with what would change it. */
export function Reason({ code, says, remedy, bridge, withCode = false }: Props) {
  return (
    <div>
      <Text size="sm">
        {says ?? 'No sentence is known for this reason.'}{' '}
        {(withCode || says === null) && (
          <Code fz="xs" c="dimmed">
            {code}
          </Code>
        )}
      </Text>
      {remedy !== null && (
        <Text size="sm" mt={2}>
          <Text span inherit fw={600}>
            To change it:
          </Text>{' '}
          <Remedy code={code} remedy={remedy} bridge={bridge} />
        </Text>
      )}
    </div>
  )
}

type RemedyProps = Pick<Props, 'code' | 'bridge'> & { readonly remedy: string }

function Remedy({ code, remedy, bridge }: RemedyProps) {
  const setting = SETTING_REMEDIES[code]
  if (setting === undefined) return remedy
  return (
    <>
      {setting}{' '}
      <PageLink to={PATHS.bridge} params={{ name: bridge }} inherit>
        {bridge}
      </PageLink>
      .
    </>
  )
}
