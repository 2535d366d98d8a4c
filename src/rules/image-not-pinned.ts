import type { ImageResource } from '../concourse/model.ts'
import { unpinnedImage } from './images.ts'
import type { Rule } from './rule.ts'
import { isGetOrPut, resourceNameOf, type JobSubject, type Subject } from './subject.ts'

/**
 * What ran yesterday runs otherwise tomorrow, and nobody changed anything. Told once of each image, where it stands
 * first. Silent on images that the pipeline makes itself, and on those whose new versions start a job.
 */
export const imageNotPinned: Rule = {
  code: 'image-not-pinned',
  summary: 'A task runs in whatever its registry calls the latest image.',
  level: 'warning',
  pipeline(subject, report) {
    const told = new Set<string>()
    for (const { path, image } of [...imagesOfResources(subject), ...imagesOfTasks(subject)]) {
      const name = unpinnedImage(image)
      if (name === undefined || told.has(name)) continue
      told.add(name)
      report(path, `found the latest image ${name}, expected one of a tag or digest`, {
        hint: 'write the tag that it has today'
      })
    }
  }
}

interface PlacedImage {
  readonly path: string
  readonly image: Pick<ImageResource, 'type' | 'source' | 'version'>
}

/** The resources that only bring the image of a task. */
function imagesOfResources({ pipeline, jobs, steps }: Subject): readonly PlacedImage[] {
  const used = new Set<string>()
  for (const job of jobs) for (const name of imageResourcesOf(job)) used.add(name)
  for (const { step } of steps) {
    const isFollowed = step.kind === 'get' && (step.trigger === true || step.version !== undefined)
    if (isFollowed || step.kind === 'put') used.delete(resourceNameOf(step))
  }
  return pipeline.resources.flatMap(image =>
    used.has(image.name) ? [{ path: `resources.${image.name}`, image }] : []
  )
}

/** The resources whose artifacts are images of tasks in a job. */
function imageResourcesOf({ steps }: JobSubject): readonly string[] {
  const artifacts: string[] = []
  for (const { step } of steps)
    if (step.kind === 'task' && step.image !== undefined) artifacts.push(step.image)
  if (artifacts.length === 0) return []
  const resources: string[] = []
  for (const { step } of steps) {
    if (isGetOrPut(step) && artifacts.includes(step.name)) resources.push(resourceNameOf(step))
  }
  return resources
}

/** The images that tasks bring themselves, but for those which the image of the step wins over. */
function imagesOfTasks({ steps }: Subject): readonly PlacedImage[] {
  const images: PlacedImage[] = []
  for (const { step, path } of steps) {
    if (step.kind !== 'task' || step.image !== undefined) continue
    const image = step.config?.image_resource
    if (image !== undefined) images.push({ path: `${path}.config.image_resource`, image })
  }
  return images
}
