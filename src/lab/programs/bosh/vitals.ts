import { at, textAt, textsAt, type Value } from '../../../manifest/value.ts'
import { parseTime } from './times.ts'
import { text, time, type Cell } from './values.ts'

export const vitalTitles: readonly string[] = [
  'VM Created At',
  'Uptime',
  'Load\n(1m, 5m, 15m)',
  'CPU\nTotal',
  'CPU\nUser',
  'CPU\nSys',
  'CPU\nWait',
  'Memory\nUsage',
  'Swap\nUsage',
  'System\nDisk Usage',
  'Ephemeral\nDisk Usage',
  'Persistent\nDisk Usage'
]

/** The cells under `vitalTitles`: what an instance's agent measures (bosh-cli v7, cmd/instance_values.go). */
export function vitalsOf(info: Value): Cell[] {
  const vitals = at(info, 'vitals')
  const disk = (kind: string): Cell => diskUsage(at(vitals, 'disk', kind))
  const percent = (key: string): Cell => {
    const value = textAt(vitals, 'cpu', key) ?? ''
    return text(value === '' ? '' : `${value}%`)
  }
  return [
    time(parseTime(textAt(info, 'vm_created_at') ?? '') ?? 0),
    uptime(at(vitals, 'uptime', 'secs')),
    text(textsAt(vitals, 'load').join(', ')),
    text(''),
    percent('user'),
    percent('sys'),
    percent('wait'),
    memory(at(vitals, 'mem')),
    memory(at(vitals, 'swap')),
    disk('system'),
    disk('ephemeral'),
    disk('persistent')
  ]
}

function uptime(seconds: Value | undefined): Cell {
  if (typeof seconds !== 'number') return text('')
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24]
  return text(`${days}d ${hours}h ${Math.floor(seconds / 60) % 60}m ${seconds % 60}s`)
}

function memory(size: Value | undefined): Cell {
  const [kilobytes, percent] = [textAt(size, 'kb') ?? '', textAt(size, 'percent') ?? '']
  if (percent === '' || !/^\d+$/.test(kilobytes)) return text('')
  return text(`${percent}% (${decimalBytes(Number(kilobytes) * 1000)})`)
}

function diskUsage(size: Value | undefined): Cell {
  const [percent, inodes] = [textAt(size, 'percent') ?? '', textAt(size, 'inode_percent') ?? '']
  return text(percent === '' || inodes === '' ? '' : `${percent}% (${inodes}i%)`)
}

/** As github.com/dustin/go-humanize prints bytes by thousands. */
function decimalBytes(bytes: number): string {
  if (bytes < 10) return `${bytes} B`
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB']
  const step = Math.floor(Math.log10(bytes) / 3)
  const value = Math.floor((bytes / 1000 ** step) * 10 + 0.5) / 10
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${units[step] ?? ''}`
}
