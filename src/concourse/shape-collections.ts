import { mapValues } from '../core/map-values.ts'
import { reportWrongType, type Reading, type Shape } from './shape.ts'
import { checkKey } from './shape-scalars.ts'
import type { MapNode, YamlNode } from './yaml-node.ts'

/** A list; its items are `path[0]`, `path[1]` … */
export function listOf<T>(item: Shape<T>): Shape<readonly T[]> {
  return listWith(item, (path, index) => `${path}[${index}]`)
}

/** A list of things with names; its items are `path.name`, as Concourse calls them. */
export function namedListOf<T extends { readonly name: string }>(item: Shape<T>): Shape<readonly T[]> {
  return listWith(item, (path, index, name) => (name === undefined ? `${path}[${index}]` : `${path}.${name}`))
}

type ItemPath = (path: string, index: number, name: string | undefined) => string

function listWith<T>(item: Shape<T>, pathOf: ItemPath): Shape<readonly T[]> {
  return {
    expected: 'a list',
    form: { kind: 'list', item: item.form },
    read: (node, path, reading) => {
      if (node.kind !== 'list') {
        reportWrongType(node, 'a list', path, reading)
        return undefined
      }
      return node.items.flatMap((child, index) => {
        const childPath = pathOf(path, index, nameIn(child))
        reading.place(childPath, child.at)
        const value = item.read(child, childPath, reading)
        return value === undefined ? [] : [value]
      })
    },
    write: (list, path, problems) =>
      list.map((value, index) => item.write(value, pathOf(path, index, nameOf(value)), problems))
  }
}

function nameIn(node: YamlNode): string | undefined {
  const name = node.kind === 'map' ? node.entries.get('name')?.value : undefined
  return name?.kind === 'scalar' && name.value !== null && name.value !== '' ? String(name.value) : undefined
}

function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('name' in value)) return undefined
  return typeof value.name === 'string' && value.name !== '' ? value.name : undefined
}

/** A map whose keys are free. */
export function mapOf<T>(item: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    expected: 'a map',
    form: { kind: 'map', value: item.form },
    read: (node, path, reading) => {
      const entries = entriesOf(node, path, reading)
      if (entries === undefined) return undefined
      return Object.fromEntries(
        [...entries].flatMap(([key, entry]) => {
          checkKey(key, path, reading, entry.at)
          reading.place(`${path}.${key}`, entry.at)
          const value = item.read(entry.value, `${path}.${key}`, reading)
          return value === undefined ? [] : [[key, value] as const]
        })
      )
    },
    write: (map, path, problems) =>
      mapValues(map, (value, key) => {
        checkKey(key, path, problems)
        return item.write(value, `${path}.${key}`, problems)
      })
  }
}

/** The entries of a map, after telling what is odd about its keys. Undefined, with a finding, where it is no map. */
export function entriesOf(
  node: YamlNode,
  path: string,
  reading: Reading,
  expected = 'a map'
): MapNode['entries'] | undefined {
  if (node.kind !== 'map') {
    reportWrongType(node, expected, path, reading)
    return undefined
  }
  for (const remark of node.remarks) reading.report({ ...remark, path })
  return node.entries
}
