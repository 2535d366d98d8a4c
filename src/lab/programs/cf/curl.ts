import { ExitWith } from './cf-error.ts'
import type { Command } from './session.ts'

/** `cf curl PATH [-X METHOD] [-d DATA] [-H HEADER]… [-i] [--fail]` */
export const curl: Command = async session => {
  const { flags } = session.line
  const data = flags.text('d')
  const headers = Object.fromEntries(
    flags.list('H').map(header => {
      const [name = '', ...rest] = header.split(':')
      return [name.trim().toLowerCase(), rest.join(':').trim()]
    })
  )
  const path = session.argument(0)
  const method = flags.text('X') ?? (data === undefined ? 'GET' : 'POST')
  const response = await session.api().raw(method, path.startsWith('/') ? path : `/${path}`, data, headers)
  if (flags.has('i')) {
    session.say(`HTTP/1.1 ${response.status}`)
    for (const [name, value] of Object.entries(response.headers)) session.say(`${name}: ${String(value)}`)
    session.say('')
  }
  session.say(response.body.toString('utf8').replace(/\n$/, ''))
  if (flags.has('fail') && response.status >= 400) throw new ExitWith(22)
}
