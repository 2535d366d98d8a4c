import { renderYaml } from '../../../manifest/render-yaml.ts'
import { isMap, type Value } from '../../../manifest/value.ts'
import { compareVersions } from './go-version.ts'
import { unixDate } from './times.ts'

/** What stands in a cell of a table: its text, and what it is sorted by (bosh-cli v7, ui/table/values.go). */
export interface Cell {
  readonly text: string
  /** Below zero where this cell comes first. */
  compare(other: Cell): number
  readonly key: string | number
  /** An empty row between two records of a transposed table. */
  readonly spacer?: true
}

function cell(text: string, key: string | number, compare?: (a: string, b: string) => number): Cell {
  return {
    text,
    key,
    compare: other => {
      if (compare !== undefined) return compare(String(key), String(other.key))
      return key < other.key ? -1 : key > other.key ? 1 : 0
    }
  }
}

export function text(value: string): Cell {
  return cell(value, value)
}

/** One line each; lists are sorted by their length. */
export function lines(values: readonly string[]): Cell {
  return cell(values.join('\n'), values.length)
}

export function integer(value: number): Cell {
  return cell(String(value), value)
}

export function flag(value: boolean): Cell {
  return cell(String(value), Number(value))
}

export function version(value: string, mark = ''): Cell {
  return cell(value === '' ? '' : value + mark, value, compareVersions)
}

/** A time in seconds of the epoch; zero is shown as nothing. */
export function time(seconds: number): Cell {
  return cell(seconds === 0 ? '' : unixDate(seconds), seconds)
}

/** A size in MiB, in the largest unit that leaves at least one (github.com/dustin/go-humanize, IBytes). */
export function mebibytes(value: number): Cell {
  const units = ['MiB', 'GiB', 'TiB', 'PiB', 'EiB']
  let size = value
  let unit = 0
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  const rounded = Math.floor(size * 10 + 0.5) / 10
  const shown = rounded < 10 ? rounded.toFixed(1) : rounded.toFixed(0)
  return cell(value === 0 ? '0 B' : `${shown} ${units[unit] ?? ''}`, value)
}

/** Any data, as YAML; nothing where there is nothing. */
export function data(value: Value): Cell {
  const isEmpty =
    value === null ||
    (Array.isArray(value) && value.length === 0) ||
    (isMap(value) && Object.keys(value).length === 0)
  const shown = isEmpty ? '' : renderYaml(value).trim()
  return cell(shown, shown)
}

export const spacer: Cell = { ...text(''), spacer: true }
