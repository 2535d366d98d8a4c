import { listAt, type Value } from '../../../manifest/value.ts'
import type { Ui } from './ui.ts'

/** Shows a difference as the Director told it: lines, each with `added`, `removed` or nothing. */
export function showDiff(ui: Ui, response: Value): void {
  for (const line of listAt(response, 'diff')) {
    if (!Array.isArray(line)) continue
    const [text = '', change] = line
    const mark = change === 'added' ? '+' : change === 'removed' ? '-' : ' '
    ui.begin(`${mark} ${typeof text === 'string' ? text : JSON.stringify(text)}\n`)
  }
}
