import { expect, it } from 'vitest'
import { imageNotPinned } from '../../src/rules/image-not-pinned.ts'
import { typeNotPinned } from '../../src/rules/type-not-pinned.ts'
import { found, plan } from './found.ts'

const imageTask = (image: string, more = '') =>
  `{task: t, config: {platform: linux, image_resource: {${image}}, run: {path: a}}${more}}`

const at = 'jobs.j.plan[0].task(t).config.image_resource'

it.each<[string, string, boolean]>([
  ['no tag', 'type: registry-image, source: {repository: golang}', true],
  ['latest', 'type: docker-image, source: {repository: golang, tag: latest}', true],
  [
    'the port of a registry',
    'type: registry-image, source: {repository: "registry.example.com:5000/golang"}',
    true
  ],
  ['a tag', 'type: registry-image, source: {repository: golang, tag: "1.25"}', false],
  ['a tag that is a number', 'type: registry-image, source: {repository: golang, tag: 1.25}', false],
  ['a tag in its name', 'type: registry-image, source: {repository: "golang:1.25"}', false],
  ['a digest', 'type: registry-image, source: {repository: golang}, version: {digest: "sha256:abc"}', false],
  [
    'a range of versions',
    'type: registry-image, source: {repository: golang, semver_constraint: "1.x"}',
    false
  ],
  ['a var', 'type: registry-image, source: {repository: ((image))}', false],
  ['a var as its tag', 'type: registry-image, source: {repository: golang, tag: ((tag))}', false],
  ['another type', 'type: s3, source: {bucket: images, repository: golang}', false]
])('knows whether an image with %s may change', (_, image, isFound) => {
  expect(found(imageNotPinned, plan(imageTask(image)))).toEqual(
    isFound ? [`warning image-not-pinned ${at}`] : []
  )
})

const golang = 'type: registry-image, source: {repository: golang}'
const resources = `resources: [{name: image, ${golang}}]`

it('looks at resources that bring the image of a task', () => {
  const yaml = plan('{get: go, resource: image}, {task: t, image: go, file: image/t.yml}', resources)
  expect(found(imageNotPinned, yaml)).toEqual(['warning image-not-pinned resources.image'])
})

it.each<[string, string]>([
  ['that no task runs in', '{get: image}'],
  ['that start a job', '{get: image, trigger: true}, {task: t, image: image, file: a/b}'],
  ['of one version', '{get: image, version: {digest: "sha256:abc"}}, {task: t, image: image, file: a/b}'],
  ['that the pipeline makes', '{put: image}, {task: t, image: image, file: a/b}']
])('says nothing of resources %s', (_, steps) => {
  expect(found(imageNotPinned, plan(steps, resources))).toEqual([])
})

it('tells of each image once, and not of one that another wins over', () => {
  const yaml = plan(
    [
      imageTask(golang),
      imageTask(golang),
      imageTask('type: registry-image, source: {repository: node}')
    ].join(', ')
  )
  expect(found(imageNotPinned, yaml)).toEqual([
    `warning image-not-pinned ${at}`,
    `warning image-not-pinned ${at.replace('[0]', '[2]')}`
  ])
  expect(found(imageNotPinned, plan(`{get: image}, ${imageTask(golang, ', image: image')}`))).toEqual([])
})

it('looks at types apart', () => {
  const yaml = plan(
    '{get: r}',
    `resource_types: [{name: t, ${golang}}]`,
    `prototypes: [{name: p, ${golang}}]`
  )
  expect(found(imageNotPinned, yaml)).toEqual([])
  expect(found(typeNotPinned, yaml)).toEqual([
    'warning type-not-pinned resource_types.t',
    'warning type-not-pinned prototypes.p'
  ])
})
