import '@mantine/core/styles.css'
import './window.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query-client.ts'
import { Entrance } from './frame/entrance.tsx'
import { quietColours, theme } from './theme.ts'

/** The one-time value that lets our `<style>` tags through the Content-Security-Policy. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')

createRoot(root).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={quietColours}
    defaultColorScheme="auto"
    getStyleNonce={() => nonce}
  >
    <QueryClientProvider client={queryClient}>
      <Entrance />
    </QueryClientProvider>
  </MantineProvider>,
)
