import { spawn } from 'node:child_process'
import { createServer, request, type Server } from 'node:http'
import { once } from 'node:events'
import { systemCodeOf } from '../../core/errors.ts'
import type { AskWork, Asked, Ran, RunWork } from './resident-protocol.ts'

/** Runs a program to its end, or to its deadline: then it is killed with all that it has started. */
export function run({ program, args, input, env, deadline }: RunWork): Promise<Ran> {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: true
  })
  let [stdout, stderr, timedOut] = ['', '', false]
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  // A program may end without having read what it was given.
  child.stdin?.on('error', () => undefined).end(input)
  return new Promise((done, failed) => {
    const timer = setTimeout(() => {
      timedOut = true
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    }, deadline)
    child.on('error', thrown => {
      clearTimeout(timer)
      failed(thrown)
    })
    child.on('close', code => {
      clearTimeout(timer)
      done({ ...(code === null ? {} : { code }), timedOut, stdout, stderr })
    })
  })
}

/** Asks by HTTP, and says what became of the connection. */
export function ask({ address, port, path, deadline }: AskWork): Promise<Asked> {
  return new Promise(done => {
    const timer = setTimeout(() => {
      sent.destroy()
      done({ outcome: 'timeout', reason: `no answer in ${deadline} ms` })
    }, deadline)
    const end = (asked: Asked): void => {
      clearTimeout(timer)
      done(asked)
    }
    const sent = request({ host: address, port, path, agent: false }, response => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      response.on('end', () => end({ outcome: 'answered', status: response.statusCode ?? 0, body }))
      response.on('error', thrown => end({ outcome: 'broken', reason: thrown.message }))
    })
    sent.on('error', thrown => end({ outcome: outcomeOf(systemCodeOf(thrown)), reason: thrown.message }))
    sent.end()
  })
}

function outcomeOf(code: string | undefined): 'refused' | 'unreachable' | 'timeout' | 'broken' {
  if (code === 'ECONNREFUSED') return 'refused'
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'unreachable'
  return code === 'ETIMEDOUT' ? 'timeout' : 'broken'
}

/** Answers as the probe does on each port: with the address that the question came from, and the one it came to. */
export async function listen(ports: readonly number[]): Promise<void> {
  await Promise.all(
    ports.map(async port => {
      const server: Server = createServer(({ socket }, response) => {
        response.setHeader('Content-Type', 'application/json')
        response.setHeader('Connection', 'close')
        response.end(`${JSON.stringify({ peer: socket.remoteAddress, self: socket.localAddress })}\n`)
      })
      server.listen(port, '0.0.0.0')
      await once(server, 'listening')
    })
  )
}
