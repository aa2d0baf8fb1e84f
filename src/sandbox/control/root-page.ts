/** What a person sees who opens the control port where the studio is not built, or not yet. */
export function rootPage({ isBuilding }: { readonly isBuilding: boolean }): string {
  const studio = isBuilding
    ? 'The studio, with phones and an agent’s desk, is being built. This page loads it by itself; if it does not come, run <code>npm run build</code>.'
    : 'The studio, with phones and an agent’s desk, comes with <code>npm run sandbox</code> and <code>npm run demo</code>.'
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${isBuilding ? '<meta http-equiv="refresh" content="2">' : ''}
<title>Replyline sandbox</title>
<style>:root { color-scheme: light dark } body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }</style>
<h1>Replyline sandbox</h1>
<p>This is an emulated Zendesk Support and an emulated Klaviyo, with the phones and mailboxes around
them. <strong>Nothing here sends real texts</strong> or e-mails, and no real account is touched.</p>
<p>${studio}</p>
<p>The two platforms answer on their own ports. This port holds the control API: what customers and
agents do, what goes wrong, and what both platforms hold.</p>
<ul>
<li><a href="/control/tickets">Tickets</a>, <a href="/control/emails">e-mails that Zendesk sent</a></li>
<li><a href="/control/settings">Settings</a>: each doubtful fact about a platform as a switch</li>
<li><a href="/control/calls">API calls received</a>, <a href="/control/clock">the clock</a></li>
</ul>
</html>
`
}
