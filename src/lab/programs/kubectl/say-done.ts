import type { Kind } from '../../platform/kubernetes/kinds.ts'
import { nameIn } from './resources.ts'
import type { Session } from './session.ts'

/** `pod/probe created`; with `-o name` the name alone. */
export function sayDone(session: Session, kind: Kind, name: string, done: string): void {
  const isBare = session.line.flags.text('output') === 'name'
  session.say(isBare ? nameIn(kind, name) : `${nameIn(kind, name)} ${done}`)
}
