import { textAt, type Value } from '../../../../manifest/value.ts'
import { kubernetesVersion } from '../../../platform/kubernetes/version.ts'
import { print, structured } from '../output.ts'
import type { Command } from '../session.ts'

/** `kubectl version [--client] [--short] [-o json|yaml]` */
export const version: Command = async session => {
  const { flags } = session.line
  const clientVersion = { major: '1', minor: '17', gitVersion: kubernetesVersion }
  const server = flags.has('client') ? undefined : await (await session.api()).request('GET', '/version')
  const format = structured(flags.text('output'))
  if (format !== undefined) {
    await print(session.edge, format, {
      clientVersion,
      ...(server === undefined ? {} : { serverVersion: server })
    })
    return
  }
  const words = (of: Value): string => {
    const [major, minor, git] = ['major', 'minor', 'gitVersion'].map(key => textAt(of, key) ?? '')
    return flags.has('short')
      ? (git ?? '')
      : `version.Info{Major:"${major}", Minor:"${minor}", GitVersion:"${git}"}`
  }
  session.say(`Client Version: ${words(clientVersion)}`)
  if (server !== undefined) session.say(`Server Version: ${words(server)}`)
}
