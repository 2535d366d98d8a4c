import { markup, verbatim, type Markup } from '../core/markup.ts'
import type { RunEvent } from '../core/run-event.ts'
import { cleanLine } from '../core/screen-text.ts'
import { words } from './clock.ts'
import { connectivitySection } from './connectivity-section.ts'
import { logLink, outputSection, type LogOf } from './output-section.ts'
import { pageStyle } from './page-style.ts'
import { lastLines } from './plain-lines.ts'
import type { MatrixResults } from '../core/matrix-results.ts'
import { isLeaf } from './rows.ts'
import { endOf, firstFailureOf, titleOf, viewOf, type RunView } from './run-view.ts'
import { markOf, outcomeWords } from './style.ts'
import { teardownSection, type TeardownReport } from './teardown-section.ts'
import { timelineTable } from './timeline.ts'
import { timingOf, type Timing } from './timing.ts'

export interface PageInput {
  readonly events: Iterable<RunEvent>
  readonly results?: MatrixResults
  readonly teardown?: TeardownReport
  /** Versions by name. */
  readonly versions?: Readonly<Record<string, string>>
  /** Files that were kept, as links seen from the page. */
  readonly evidence?: readonly { readonly label: string; readonly href: string }[]
  readonly logOf?: LogOf
}

/** Lines of its output that the first failure shows at the top of the page. */
const shownLines = 25

/** A run as one page of HTML that needs nothing else: outcome first, then why, what was tested, and where time went. */
export function renderPage(input: PageInput): string {
  const run = viewOf(input.events)
  const timing = timingOf(run)
  const logOf: LogOf = step => hrefOf(input.logOf?.(step))
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${cleanLine(titleOf(run))}: ${stateOf(run)}</title>
<style>${verbatim(pageStyle)}</style>
</head>
<body>
${heading(run)}
<main>
${failureSection(run, logOf)}${teardownSection(input.teardown)}${connectivitySection(input.results)}${timeSection(run, timing)}${outputSection(run, logOf)}${notesSection(run)}${versionsSection(input.versions ?? {})}${evidenceSection(input.evidence ?? [])}</main>
</body>
</html>
`
  return page.markup
}

function stateOf({ outcome }: RunView): string {
  return outcome === undefined ? 'not finished' : outcomeWords(outcome)
}

function heading(run: RunView): Markup {
  const { outcome, exitCode } = run
  const failure = outcome === 'succeeded' ? undefined : firstFailureOf(run)
  const where = failure === undefined ? '' : ` in ${cleanLine(failure.name)}`
  const state = stateOf(run)
  const facts = [
    `${outcome === undefined ? 'seen for' : outcome === 'succeeded' ? 'in' : 'after'} ${words(timingOf(run).wallMillis)}`,
    run.startedAt === 0
      ? ''
      : `started ${new Date(run.startedAt).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    run.host === '' ? '' : `on ${cleanLine(run.host)}`,
    run.run === '' ? '' : `run ${cleanLine(run.run)}`,
    exitCode === undefined || exitCode === 0 ? '' : `exit code ${exitCode}`
  ]
  return markup`<header>
<p class="eyebrow">${cleanLine(titleOf(run))}</p>
<h1 class="${outcome ?? 'running'}"><span class="mark">${outcome === undefined ? '…' : markOf(outcome, { unicode: true })}</span> ${state.charAt(0).toUpperCase()}${state.slice(1)}${where}</h1>
<p>${facts.filter(fact => fact !== '').join(' · ')}</p>
</header>`
}

function failureSection(run: RunView, logOf: LogOf): Markup | undefined {
  const failure = firstFailureOf(run)
  if (run.outcome === 'succeeded' || failure === undefined) return undefined
  const message = (failure.message ?? '').split('\n').map(cleanLine).join('\n').trim()
  return markup`<section>
<h2>What went wrong</h2>
<div class="failure">
<p><code>${cleanLine(failure.path)}</code></p>
<p>${message === '' ? outcomeWords(failure.outcome ?? 'errored') : message}</p>
<pre>${lastLines(failure, shownLines).join('\n')}</pre>
${logLink(failure, logOf)}</div>
</section>
`
}

function timeSection(run: RunView, timing: Timing): Markup {
  const { wallMillis, criticalMillis, criticalPath } = timing
  const longest = criticalPath
    .filter(isLeaf)
    .toSorted((a, b) => lengthOf(b) - lengthOf(a))
    .slice(0, 3)
    .map(step => `${cleanLine(step.name)} (${words(lengthOf(step))})`)
  function lengthOf(step: (typeof criticalPath)[number]): number {
    return endOf(step, run) - step.startedAt
  }
  return markup`<section>
<h2>Where the time went</h2>
<p>${words(wallMillis)} in all, ${words(criticalMillis)} of it on the critical path <span class="star">◆</span>: only a shorter step there makes the run shorter.${longest.length === 0 ? '' : ` Longest: ${longest.join(', ')}.`}</p>
<div class="scroll">${timelineTable(run, timing)}</div>
</section>
`
}

function notesSection({ notices }: RunView): Markup | undefined {
  if (notices.length === 0) return undefined
  const items = notices.map(({ message, step }) => {
    const where =
      step === undefined ? undefined : markup` <span class="soft">(${cleanLine(step.name)})</span>`
    return markup`<li>${cleanLine(message)}${where}</li>
`
  })
  return markup`<section>
<h2>Notes</h2>
<ul>
${items}</ul>
</section>
`
}

function versionsSection(versions: Readonly<Record<string, string>>): Markup | undefined {
  const rows = Object.entries(versions).map(
    ([name, version]) => markup`<tr><th scope="row">${name}</th><td><code>${version}</code></td></tr>
`
  )
  if (rows.length === 0) return undefined
  return markup`<section>
<h2>Versions</h2>
<table class="facts"><tbody>
${rows}</tbody></table>
</section>
`
}

function evidenceSection(evidence: NonNullable<PageInput['evidence']>): Markup | undefined {
  if (evidence.length === 0) return undefined
  const items = evidence.map(({ label, href }) => {
    const safe = hrefOf(href)
    return safe === undefined
      ? markup`<li>${label}</li>
`
      : markup`<li><a href="${safe}">${label}</a></li>
`
  })
  return markup`<section>
<h2>Evidence</h2>
<ul>
${items}</ul>
</section>
`
}

/**
 * A link that leads to a file beside the page or to the web, and nowhere else. Browsers drop line ends and tabs from an
 * address before they read it, so none may stand in it.
 */
function hrefOf(href: string | undefined): string | undefined {
  if (href === undefined || /^\s|\p{Cc}/u.test(href)) return undefined
  return /^https?:\/\//i.test(href) || !/^[^/?#]*:/.test(href) ? href : undefined
}
