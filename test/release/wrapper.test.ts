import { chmod, copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readByKubelet } from '../../src/lab/network/kubelet-lookup.ts'
import { fewerSilks, settingsIn, SilkWorker } from './silk.ts'
import type { Pod } from './worker.ts'
import { unable } from './worker.ts'

describe.skipIf(unable !== undefined).each(fewerSilks)(
  `the nsenter wrapper with $title${unable === undefined ? '' : ` (not checked: ${unable})`}`,
  silk => {
    let host: SilkWorker
    let bin: string
    let wrapper: string
    let pod: Pod
    let address: string

    /** Sources the library of pre-start, as pre-start does, and runs one of its functions. */
    const installer = (call: string) =>
      host.worker.run('sh', ['-euc', `job=${host.worker.job}; . "$job/lib/nsenter.sh"; ${call} ${bin}`])
    const plain = async () => {
      await installer('remove_wrapper')
      return readFile(wrapper, 'utf8')
    }

    beforeAll(async () => {
      host = await SilkWorker.start(silk)
      await host.worker.configure({ ...settingsIn(host.worker.scratch), POD_IP: 'nsenter-wrapper' })
      bin = host.path('cni/bin')
      wrapper = join(bin, 'nsenter')
      await mkdir(bin, { recursive: true })
      await writeFile(wrapper, '#!/bin/sh\nexec nsenter "$@"\n')
      await chmod(wrapper, 0o755)
      expect(await installer('install_wrapper')).toMatchObject({ code: 0 })
      pod = await host.worker.pod()
      const added = await host.cni('ADD', 'a', pod.netns)
      address = /10\.255\.30\.\d+/.exec(added.stdout)?.[0] ?? ''
    })
    afterAll(() => host.stop())

    it('is needed: without it and the second address, kubelet cannot read the answer', async () => {
      expect(readByKubelet(await host.ask(pod))).toBe('Unexpected address output  ')
      const link = await host.worker.run('nsenter', [
        ...[
          `--net=${pod.netns}`,
          '-F',
          '--',
          'ip',
          '-o',
          '-4',
          'addr',
          'show',
          'dev',
          'eth0',
          'scope',
          'link'
        ]
      ])
      expect(readByKubelet(link)).toMatch(
        new RegExp(`^CNI failed to parse ip .* invalid CIDR address: ${address}$`, 's')
      )
    })

    it('answers kubelet in one line that it can read, and leaves IPv6 alone', async () => {
      const answer = await host.ask(pod, wrapper)
      expect(answer).toMatchObject({ code: 0, stderr: '' })
      expect(answer.stdout.trimEnd().split('\n')).toHaveLength(1)
      expect(readByKubelet(answer)).toBe(address)
      expect(await host.ask(pod, wrapper, '-6')).toEqual({ code: 0, stdout: '', stderr: '' })
    })

    it('repeats what the real one answers where that answers, and where it fails', async () => {
      const other = await host.worker.pod()
      const inside = `nsenter --net=${other.netns} ip`
      await host.worker.shell(
        `${inside} link add eth0 type veth peer name x && ${inside} addr add 10.1.2.3/24 dev eth0`
      )
      expect(await host.ask(other, wrapper)).toEqual(await host.ask(other))
      const gone: Pod = { netns: '/proc/self/no-such-namespace', kill: () => Promise.resolve() }
      const [ours, real] = [await host.ask(gone, wrapper), await host.ask(gone)]
      expect(real.code).not.toBe(0)
      expect(ours).toEqual(real)
      await host.worker.shell(`${inside} addr del 10.1.2.3/24 dev eth0`)
      expect(await host.ask(other, wrapper)).toEqual({ code: 0, stdout: '', stderr: '' })
    })

    it('passes all else to the real one: arguments, standard input, exit codes', async () => {
      const inPod = [`--net=${pod.netns}`, '-F', '--']
      const echo = await host.worker.run(
        wrapper,
        [...inPod, 'sh', '-c', 'cat; printf "[%s]" "$@"; exit 7', 'sh', 'a b', '', '*'],
        {
          input: 'live input'
        }
      )
      expect(echo).toEqual({ code: 7, stdout: 'live input[a b][][*]', stderr: '' })
      expect((await host.worker.run(wrapper, [...inPod, 'false'])).code).toBe(1)
      // One argument more, and one in another's place.
      const asked = [...inPod, 'ip', '-o', '-4', 'addr', 'show', 'dev', 'eth0', 'scope', 'global']
      expect((await host.worker.run(wrapper, [...asked, 'up'])).stdout).toBe('')
      expect(
        (
          await host.worker.run(
            wrapper,
            asked.map(word => (word === 'show' ? 'list' : word))
          )
        ).stdout
      ).toBe('')
    })

    it('is the process of the real one where it passes on, so that signals and exit codes are its own', async () => {
      const { stdout } = await host.worker.run(wrapper, [
        `--net=${pod.netns}`,
        '-F',
        '--',
        'sh',
        '-c',
        'echo $PPID'
      ])
      const direct = await host.worker.run('nsenter', [
        `--net=${pod.netns}`,
        '-F',
        '--',
        'sh',
        '-c',
        'echo $PPID'
      ])
      expect(stdout).toBe(direct.stdout)
    })

    it('installs itself once, again after a package brought another nsenter, and never over itself', async () => {
      await installer('install_wrapper')
      expect((await readdir(bin)).sort()).toEqual(['nsenter', 'nsenter.real'])
      expect(readByKubelet(await host.ask(pod, wrapper))).toBe(address)
      const newer = '#!/bin/sh\n# newer\nexec nsenter "$@"\n'
      await writeFile(wrapper, newer)
      await installer('install_wrapper')
      expect(readByKubelet(await host.ask(pod, wrapper))).toBe(address)
      expect(await readFile(join(bin, 'nsenter.real'), 'utf8')).toBe(newer)
      const kept = await readFile(wrapper)
      await copyFile(wrapper, join(bin, 'nsenter.real'))
      expect((await installer('install_wrapper')).code).toBe(1)
      expect((await installer('remove_wrapper')).code).toBe(1)
      expect(await readFile(wrapper)).toEqual(kept)
      await writeFile(join(bin, 'nsenter.real'), newer)
    })

    it('works behind the link that kubelet follows, and puts the real one back when it goes', async () => {
      await symlink(wrapper, host.path('usr-bin-nsenter'))
      expect(readByKubelet(await host.ask(pod, host.path('usr-bin-nsenter')))).toBe(address)
      expect(await plain()).toContain('# newer')
      expect(await plain()).toContain('# newer')
      expect(await readdir(bin)).toEqual(['nsenter'])
    })
  }
)
