import { cleanLine, cutTo, padTo, widthOf } from '../core/screen-text.ts'
import { runningWords, words } from './clock.ts'
import { lastLines } from './plain-lines.ts'
import { isLeaf, rowsOf, type Row } from './rows.ts'
import { firstFailureOf, titleOf, type RunView, type StepView } from './run-view.ts'
import { markOf, outcomeWords, paintOf, styleOf, type Abilities, type Style } from './style.ts'

export interface FrameOptions extends Pick<Abilities, 'colour' | 'unicode'> {
  readonly columns: number
  /** Lines that there is room for; what is done is folded away first. @default all that are needed */
  readonly lines?: number
  /** Milliseconds since 1970. */
  readonly now: number
}

interface Line {
  readonly branch: string
  readonly row: Row
}

/** Lines of its output that the first failure shows when all is over. */
const shownLines = 12
const widestLabel = 44

/** The tree of a run as it stands, a line each, none wider than the terminal. */
export function treeFrame(run: RunView, options: FrameOptions): string[] {
  const style = styleOf(options)
  const all = linesOf(rowsOf(run.steps), '', options)
  const room = (options.lines ?? Infinity) - 2
  const kept = run.outcome === undefined && all.length > room ? foldDone(all, room) : all
  const widths = kept.map(({ branch, row }) => widthOf(branch) + 2 + widthOf(cleanLine(row.label)))
  const width = Math.min(widestLabel, Math.max(0, ...widths))
  const hidden = all.length - kept.length
  const lines = [
    titleLine(run, options, style),
    ...(hidden > 0 ? [style.dim(cutTo(`  ${hidden} more, not shown`, options.columns))] : []),
    ...kept.map(line => stepLine(line, width, options, style)),
    ...(run.outcome === undefined ? [] : endLines(run, options, style))
  ]
  return options.unicode ? lines : lines.map(line => line.replaceAll('…', '~'))
}

/** Rows with the lines that join branches: `├─` where one begins, `│` beside what follows in it. */
function linesOf(rows: readonly Row[], indent: string, options: FrameOptions): Line[] {
  const [fork, last, pipe, gap] = options.unicode
    ? ['├─ ', '└─ ', '│  ', '   ']
    : ['|- ', '`- ', '|  ', '   ']
  return rows.flatMap(row => [
    { branch: indent, row },
    ...row.branches.flatMap((branch, index) => {
      const isLast = index === row.branches.length - 1
      return linesOf(branch, `${indent}${isLast ? gap : pipe}`, options).map((line, at) =>
        at === 0 ? { ...line, branch: `${indent}${isLast ? last : fork}` } : line
      )
    })
  ])
}

/** What runs or went wrong stays, then as much of the newest as there is room for. */
function foldDone(lines: readonly Line[], room: number): Line[] {
  const keep = new Set<Line>()
  const take = (wanted: (line: Line) => boolean): void => {
    for (const line of lines.toReversed()) if (keep.size < room - 1 && wanted(line)) keep.add(line)
  }
  take(({ row }) => row.step.outcome === undefined && isLeaf(row.step))
  take(({ row }) => row.step.outcome !== undefined && row.step.outcome !== 'succeeded')
  take(() => true)
  return lines.filter(line => keep.has(line))
}

function titleLine(run: RunView, { columns, now }: FrameOptions, style: Style): string {
  const name = cleanLine(titleOf(run))
  const took = run.tookMillis ?? now - run.startedAt
  const time = run.outcome === undefined ? `running for ${runningWords(took)}` : words(took)
  const title = cutTo(`${name}  ${time}`, columns)
  return style.bold(title.slice(0, name.length)) + style.dim(title.slice(name.length))
}

function stepLine({ branch, row }: Line, width: number, options: FrameOptions, style: Style): string {
  const { columns, unicode, now } = options
  const { step } = row
  const mark = step.outcome === undefined ? busyMark(now, unicode) : markOf(step.outcome, { unicode })
  const paint = step.outcome === undefined ? style.busy : paintOf(step.outcome, style)
  const label = padTo(cutTo(cleanLine(row.label), width - widthOf(branch) - 2), width - widthOf(branch) - 2)
  const time = timeOf(step, now).padStart(10)
  const left = columns - widthOf(branch) - 2 - widthOf(label) - widthOf(time) - 2
  if (left < 0) return cutTo(`${branch}${mark} ${label}${time}`, columns)
  const said = cutTo(remark(step), left)
  return `${style.dim(branch)}${paint(mark)} ${label}${time}${said === '' ? '' : `  ${style.dim(said)}`}`
}

/** What a step that runs said last, or how one ended that did not succeed. */
function remark(step: StepView): string {
  if (step.outcome === undefined) return lastLines(step, 1).join('')
  if (step.outcome === 'succeeded' || !isLeaf(step)) return ''
  const why = cleanLine((step.message ?? '').split('\n')[0] ?? '')
  return why === '' ? outcomeWords(step.outcome) : `${outcomeWords(step.outcome)}: ${why}`
}

function timeOf(step: StepView, now: number): string {
  return step.tookMillis === undefined ? runningWords(now - step.startedAt) : words(step.tookMillis)
}

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

function busyMark(now: number, unicode: boolean): string {
  return unicode ? (spinner[Math.floor(now / 100) % spinner.length] ?? '⠋') : '*'
}

/** The last lines of the step that failed first, and how the run ended. */
function endLines(run: RunView, options: FrameOptions, style: Style): string[] {
  const { outcome = 'errored', tookMillis = 0 } = run
  const paint = paintOf(outcome, style)
  const mark = markOf(outcome, options)
  const cut = (text: string): string => cutTo(text, options.columns)
  const span = outcome === 'succeeded' ? 'in' : 'after'
  const ending = paint(cut(`${mark} ${run.job} ${outcomeWords(outcome)} ${span} ${words(tookMillis)}`))
  const failure = firstFailureOf(run)
  if (outcome === 'succeeded' || failure === undefined) return ['', ending]
  const bar = options.unicode ? '│' : '|'
  return [
    '',
    style.bad(cut(cleanLine(failure.path))),
    ...lastLines(failure, shownLines).map(line => `${style.bad(bar)} ${cutTo(line, options.columns - 2)}`),
    '',
    ending
  ]
}
