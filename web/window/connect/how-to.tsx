import { Button, Code, CopyButton, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './how-to.module.css'

type Props = { readonly summary: string; readonly steps: readonly ReactNode[] }

/** Where to find what a form asks for, step by step, for who needs it. */
export function HowTo({ summary, steps }: Props) {
  return (
    <details className={styles.howTo}>
      <summary>{summary}</summary>
      <ol>
        {steps.map((step, index) => (
          // The steps never change their order.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>{step}</li>
        ))}
      </ol>
    </details>
  )
}

/** A text to be carried elsewhere letter by letter. */
export function Copyable({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <Group gap={6} wrap="nowrap" align="center">
        <Code className={styles.copyable ?? ''}>{text}</Code>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="compact-sm"
              miw="fit-content"
              onClick={copy}
              aria-label={copied ? `${label} copied` : `Copy ${label}`}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  )
}
