import { argument, readFileArgument } from '../arguments.ts'
import { attempt, BoshError } from '../bosh-error.ts'
import type { Session } from '../session.ts'

/** `bosh curl`: any page of the Director's API. */
export async function curl(session: Session): Promise<void> {
  const { flags } = session.line
  const director = await session.director()
  const method = flags.text('method') ?? 'GET'
  if (!['GET', 'POST', 'PUT', 'DELETE'].includes(method)) throw new BoshError(`Unknown method '${method}'`)
  const given = flags.list('header').map(header => {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(header) ?? []
    if (name === '') throw new BoshError(`Expected header '${header}' to be in format 'name: value'`)
    return [name.toLowerCase(), value] as const
  })
  const file = flags.text('body')
  const body =
    file === undefined
      ? undefined
      : { type: 'application/json' as const, content: await readFileArgument(session, file) }
  const response = await attempt('Executing HTTP request', () =>
    director.raw(method, argument(session), body, Object.fromEntries(given))
  )
  if (flags.has('show-headers')) {
    const lines = Object.entries(response.headers).map(([name, value]) => `${name}: ${String(value)}\r\n`)
    session.ui.block(`HTTP/1.1 ${response.status}\r\n${lines.join('')}\r\n`)
  }
  session.ui.block(response.body.toString('utf8'))
}
