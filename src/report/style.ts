import type { StepOutcome } from '../core/run-event.ts'

/** What a place can show. */
export interface Abilities {
  /** A terminal whose lines can be drawn again. */
  readonly live: boolean
  readonly colour: boolean
  /** More than ASCII. */
  readonly unicode: boolean
}

/**
 * What standard error can show, from the environment (https://no-color.org: any value but the empty one counts).
 */
export function abilitiesOf(
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean
): Abilities {
  const { NO_COLOR: noColour = '', TERM: term = '', CI: ci = '' } = env
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(
    value => value !== undefined && value !== ''
  )
  const live = isTerminal && term !== 'dumb' && term !== '' && ci === ''
  return { live, colour: live && noColour === '', unicode: /utf-?8/i.test(locale ?? '') }
}

export type Paint = (text: string) => string

export interface Style {
  readonly good: Paint
  readonly bad: Paint
  readonly odd: Paint
  readonly busy: Paint
  readonly dim: Paint
  readonly bold: Paint
}

const plain: Paint = text => text
const sgr =
  (code: number): Paint =>
  text =>
    text === '' ? '' : `\u001b[${code}m${text}\u001b[0m`

/** Colours, or none. */
export function styleOf({ colour }: Pick<Abilities, 'colour'>): Style {
  if (!colour) return { good: plain, bad: plain, odd: plain, busy: plain, dim: plain, bold: plain }
  return { good: sgr(32), bad: sgr(31), odd: sgr(33), busy: sgr(36), dim: sgr(2), bold: sgr(1) }
}

const marks: Readonly<Record<StepOutcome, readonly [unicode: string, ascii: string]>> = {
  succeeded: ['✓', '+'],
  failed: ['✗', 'x'],
  errored: ['✗', 'x'],
  'timed-out': ['✗', 'x'],
  aborted: ['■', '-']
}

/** One column that says how a step ended. */
export function markOf(outcome: StepOutcome, { unicode }: Pick<Abilities, 'unicode'>): string {
  return marks[outcome][unicode ? 0 : 1]
}

/** The colour of an outcome. */
export function paintOf(outcome: StepOutcome, style: Style): Paint {
  if (outcome === 'succeeded') return style.good
  return outcome === 'aborted' ? style.odd : style.bad
}

/** How a step ended, as the end of "deploy-cf …". */
export function outcomeWords(outcome: StepOutcome): string {
  return outcome === 'timed-out' ? 'ran out of time' : outcome === 'aborted' ? 'was aborted' : outcome
}
